// Checks what a browser has to load for `counterproof/sdk`: at most 40 kB, minified and gzipped, and nothing of Node.

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { prepare, root } from './prepare.mjs';

const MOST = 40_000;

await prepare();

const [{ output }] = [
  await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [refuseNode()],
    build: {
      write: false,
      target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
      reportCompressedSize: false,
      lib: { entry: join(root, 'dist/src/sdk/entry.js'), formats: ['es'], fileName: 'sdk' },
      minify: true,
    },
  }),
].flat();
const bytes = output.reduce((sum, { code = '' }) => sum + gzipSync(code).length, 0);
const verdict = bytes > MOST ? `more than ${kilobytes(MOST)}` : `of ${kilobytes(MOST)} at the most`;
process.stdout.write(`${'sdk'.padEnd(10)} ${kilobytes(bytes)}, ${verdict}\n`);
if (bytes === 0 || bytes > MOST) process.exitCode = 1;

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

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
