// A language is one file for all pages, and a page loads of it what the page says: `ar.json?page=wallet` is what stands
// in `ar.json` for every page, and for the wallet.

import { readFile } from 'node:fs/promises';

const LANGUAGE = /\/languages\/[\w-]+\.json$/;

/** The plugin. */
export function pageLanguage() {
  return {
    name: 'page-language',
    enforce: 'pre',
    async load(id) {
      const [file, query] = id.split('?');
      const page = new URLSearchParams(query).get('page');
      if (page === null || !LANGUAGE.test(file)) return null;
      this.addWatchFile(file);
      const { direction, all, [page]: own } = JSON.parse(await readFile(file, 'utf8'));
      const language = JSON.stringify({ direction, messages: { ...all, ...own } });
      return { code: `export default ${language}`, moduleType: 'js' };
    },
  };
}
