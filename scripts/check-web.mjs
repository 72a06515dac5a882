// Checks what each page of the browser loads before it can be used: at most 60 kB of script and style, gzipped, the
// console 80 kB, in the language that takes most. What is loaded later, such as the decoder of the camera's picture, stands beside it and
// counts for nothing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { prepare, root } from './prepare.mjs';
import { firstLoad, languagesOf } from './web-pages.mjs';

const MOST = 60_000;
/** An officer's desk holds more than a phone or a till, and has a better line. */
const MOST_OF = { 'admin/index.html': 80_000 };

await prepare();

const built = join(root, 'public/build');
const manifest = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8'));
const pages = Object.keys(manifest).filter((name) => manifest[name].isEntry && name.endsWith('.html'));
for (const page of pages) {
  const bytes = Math.max(
    ...languagesOf(manifest).map((language) => sizeOf(firstLoad(manifest, page, language))),
  );
  const most = MOST_OF[page] ?? MOST;
  const verdict = bytes > most ? `more than ${kilobytes(most)}` : `of ${kilobytes(most)} at the most`;
  process.stdout.write(`${page.replace('/index.html', '').padEnd(10)} ${kilobytes(bytes)}, ${verdict}\n`);
  if (bytes > most) process.exitCode = 1;
}
if (pages.length === 0) {
  process.stderr.write('No page was built.\n');
  process.exitCode = 1;
}

function sizeOf(files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
