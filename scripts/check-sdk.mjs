// Checks what a browser has to load of the SDK, minified and gzipped: at most 40 kB for `counterproof/sdk`, at most 4 kB
// for `counterproof/sdk/embed`, and nothing of Node.

import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { prepare, root } from './prepare.mjs';

/** What each entry may weigh, by its name and the file that it is. */
const ENTRIES = [
  { name: 'sdk', file: 'entry.js', most: 40_000 },
  { name: 'sdk/embed', file: 'embed.js', most: 4_000 },
];

await prepare();

for (const { name, file, most } of ENTRIES) {
  const bytes = await sizeOf(file);
  const verdict = bytes > most ? `more than ${kilobytes(most)}` : `of ${kilobytes(most)} at the most`;
  process.stdout.write(`${name.padEnd(10)} ${kilobytes(bytes)}, ${verdict}\n`);
  if (bytes === 0 || bytes > most) process.exitCode = 1;
}

async function sizeOf(file) {
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
        lib: { entry: join(root, 'dist/src/sdk', file), formats: ['es'], fileName: 'sdk' },
        minify: true,
      },
    }),
  ].flat();
  return output.reduce((sum, { code = '' }) => sum + gzipSync(code).length, 0);
}

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
