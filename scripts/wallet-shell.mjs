// Writes into the wallet's service worker what the shell of the wallet is: its page and all that loads before it can be
// used, in every language. The name changes with any of it, so that a new build is a new worker.

import { createHash } from 'node:crypto';

export const WORKER = 'wallet-worker';
const PAGE = 'wallet/index.html';
/** What is of use with a network only: the camera's decoder, and bars for a code that is on the screen. */
const ONLINE_ONLY = ['scan-offer', 'barcode'];

/** The plugin. It runs last, when the page and the names of all files are known. */
export function walletShell() {
  return {
    name: 'wallet-shell',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = Object.values(bundle).find(({ type, name }) => type === 'chunk' && name === WORKER);
        const page = bundle[PAGE];
        if (worker === undefined || page === undefined) return;
        const files = [...shellFiles(bundle)].sort().map((file) => `/build/${file}`);
        const name = createHash('sha256').update(String(page.source)).update(files.join()).digest('hex');
        worker.code = worker.code
          .replaceAll('__SHELL_NAME__', JSON.stringify(name.slice(0, 16)))
          .replaceAll('__SHELL__', JSON.stringify(['/wallet', ...files]));
      },
    },
  };
}

function shellFiles(bundle) {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  const files = new Set();
  const visit = (file) => {
    const chunk = bundle[file];
    if (chunk === undefined || files.has(file) || ONLINE_ONLY.includes(chunk.name)) return;
    files.add(file);
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  for (const { fileName, facadeModuleId } of chunks)
    if (facadeModuleId?.endsWith(`/${PAGE}`)) visit(fileName);
  return files;
}
