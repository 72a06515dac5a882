/** The folders of src/web that are a page each. */
export const PAGES = ['wallet', 'terminal', 'admin'];

/** The languages that a page speaks: English, and one for each file. */
export function languagesOf(manifest) {
  const found = Object.keys(manifest).flatMap((name) => /^languages\/([\w-]+)\.json/.exec(name)?.[1] ?? []);
  return [...new Set(['en', ...found])];
}

/**
 * The files that a page needs before it can be used in a language: its own script and style, all they import, and its
 * words. `manifest` is Vite's.
 */
export function firstLoad(manifest, page, language) {
  const words = wordsOf(page.split('/')[0], language).filter((name) => name in manifest);
  const seen = new Set();
  const files = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const { file, css = [], imports = [] } = manifest[name];
    for (const one of [file, ...css]) if (/\.(js|css)$/.test(one)) files.add(one);
    imports.forEach(visit);
  };
  [page, ...words].forEach(visit);
  return [...files];
}

/** Where the words of a page stand: English in the code, any other language in a file of its own. */
function wordsOf(page, language) {
  if (language === 'en') return ['messages/en.ts', `${page}/messages/en.ts`];
  return [`languages/${language}.json?page=${page}`];
}
