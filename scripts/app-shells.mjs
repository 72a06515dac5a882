// Makes the service workers of the pages that open without a network: one script, into which each page's shell is
// written, its page and all that loads before it can be used, in every language. The name changes with any of it, so
// that a new build is a new worker.

import { createHash } from 'node:crypto';

export const WORKER = 'shell-worker';

const APPS = [
  // Of use with a network only: the camera's decoder, and bars for a code that is on the screen.
  { page: 'wallet', without: ['scan-offer', 'barcode'], files: [] },
  // A till scans without a network as well.
  { page: 'terminal', without: [], files: [/^workers\/decode\.worker-/, /\/zxing_reader-[\w-]+\.wasm$/] },
];

/** The plugin. It runs last, when the pages and the names of all files are known. */
export function appShells() {
  return {
    name: 'app-shells',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = Object.values(bundle).find(({ type, name }) => type === 'chunk' && name === WORKER);
        if (worker === undefined) return;
        for (const app of APPS) {
          const source = workerOf(app, worker.code, bundle);
          if (source !== null) this.emitFile({ type: 'asset', fileName: `${app.page}-worker.js`, source });
        }
        delete bundle[worker.fileName];
      },
    },
  };
}

function workerOf(app, code, bundle) {
  const page = bundle[`${app.page}/index.html`];
  if (page === undefined) return null;
  const files = [...shellFiles(app, bundle)].sort().map((file) => `/build/${file}`);
  const name = createHash('sha256').update(String(page.source)).update(files.join()).digest('hex');
  return code
    .replaceAll('__PAGE__', JSON.stringify(`/${app.page}`))
    .replaceAll('__SHELL_NAME__', JSON.stringify(name.slice(0, 16)))
    .replaceAll('__SHELL__', JSON.stringify([`/${app.page}`, ...files]));
}

function shellFiles({ page, without, files: also }, bundle) {
  const files = new Set(Object.keys(bundle).filter((file) => also.some((one) => one.test(file))));
  const visit = (file) => {
    const chunk = bundle[file];
    if (chunk === undefined || files.has(file) || without.includes(chunk.name)) return;
    files.add(file);
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  for (const { type, fileName, facadeModuleId } of Object.values(bundle))
    if (type === 'chunk' && facadeModuleId?.endsWith(`/${page}/index.html`)) visit(fileName);
  return files;
}
