// Builds the pages of the browser from src/web into public/build: one bundle for each page, its files named by what is
// in them, and a manifest that says which page loads what. Nothing is fetched, and nothing inline comes out.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { appShells, WORKER } from './app-shells.mjs';
import { pageLanguage } from './page-language.mjs';
import { PAGES } from './web-pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'src/web');
const input = Object.fromEntries(
  PAGES.map((name) => [name, join(web, name, 'index.html')]).filter(([, page]) => existsSync(page)),
);

input[WORKER] = join(web, 'shell/device/worker.ts');

await build({
  root: web,
  base: '/build/',
  configFile: false,
  envDir: false,
  publicDir: false,
  logLevel: 'warn',
  plugins: [refuseNode(), pageLanguage(), appShells()],
  worker: {
    format: 'es',
    plugins: () => [refuseNode()],
    // The server knows workers by their folder: a worker has a content policy of its own.
    rolldownOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } },
  },
  build: {
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    outDir: join(root, 'public/build'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    // An asset inside a style or a script would need `data:` in the content policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input,
      // A service worker keeps its address: that is how a browser finds the next one.
      output: { entryFileNames: ({ name }) => (name === WORKER ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
});

/** What reaches for Node does not belong into a page; left alone, the bundler would put an empty module in its place. */
function refuseNode() {
  return {
    name: 'refuse-node',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.startsWith('node:')) throw new Error(`${importer} imports ${source}, which no browser has.`);
      return null;
    },
  };
}
