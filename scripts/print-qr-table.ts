// Prints the table of docs/qr.md: which codes two readers read, by version, by pixels a module, and by what a camera
// does to them. `npm run -s qr-table`; takes two minutes, and prints the same
// table every time. Ends if a reader reads other digits than were drawn.

import { createHash } from 'node:crypto';
import { qrPng } from '../src/http/qr.ts';
import { HELD_UP, STEADY, seen, type View } from '../test/support/qr-camera.ts';
import { readByZbar, readByZxing, withoutZbar } from '../test/support/qr-readers.ts';

/** Codes of each cell, each of other digits. */
const CODES = 20;
/** Pixels of a module on the screen, before a camera sees it. */
const ON_SCREEN = 8;
const QUIET = 4;
const VERSIONS = [
  { version: 1, digits: 34, what: 'ticket' },
  { version: 10, digits: 513, what: '' },
  { version: 14, digits: 871, what: 'pass' },
  { version: 20, digits: 1_600, what: '' },
] as const;
const PIXELS = [2, 3, 4] as const;
const VIEWS: readonly (readonly [heading: string, view: View])[] = [
  ['as it is', STEADY],
  [`turned ${HELD_UP.degrees}°`, { ...STEADY, degrees: HELD_UP.degrees }],
  [`light ${HELD_UP.light}`, { ...STEADY, light: HELD_UP.light }],
  [`blur ${HELD_UP.blur}`, { ...STEADY, blur: HELD_UP.blur }],
  ['all three', HELD_UP],
  ['all three, blur 1', { ...HELD_UP, blur: 1 }],
];

if (withoutZbar !== false) throw new Error(withoutZbar);
const heads = ['version', 'digits', 'pixels a module', 'pixels in all', ...VIEWS.map(([heading]) => heading)];
print(heads);
print(heads.map(() => '---:'));
for (const { version, digits, what } of VERSIONS) {
  const side = 17 + 4 * version + 2 * QUIET;
  const codes = Array.from({ length: CODES }, (_, nth) => digitsOf(digits, `${version} ${nth}`));
  for (const pixels of PIXELS) {
    const cells: string[] = [];
    for (const [, view] of VIEWS) cells.push(await readBy(codes, side * pixels, view));
    const name = what === '' ? String(version) : `${version}, ${what}`;
    print([name, digits.toLocaleString('en'), String(pixels), String(side * pixels), ...cells]);
  }
}

/** How many of the codes each reader reads: `ZXing, ZBar`. */
async function readBy(codes: readonly string[], width: number, view: View): Promise<string> {
  let [zxing, zbar] = [0, 0];
  for (const digits of codes) {
    const picture = await seen(await qrPng(digits, ON_SCREEN), width, view);
    zxing += countOf(await readByZxing(picture), digits);
    zbar += countOf(await readByZbar(picture), digits);
  }
  return `${zxing}, ${zbar}`;
}

/** Whether it was read, as a count. Throws if other digits were read, which is worse than none. */
function countOf(read: string | null, digits: string): number {
  if (read !== null && read !== digits) throw new Error(`a code of ${digits} was read as ${read}`);
  return read === null ? 0 : 1;
}

/** Digits that look random and are the same in every run. */
function digitsOf(length: number, seed: string): string {
  let digits = '';
  for (let block = 0; digits.length < length; block++) {
    const bytes = createHash('sha256').update(`${seed} ${block}`).digest();
    digits += BigInt(`0x${bytes.toString('hex')}`)
      .toString()
      .slice(-60);
  }
  return digits.slice(0, length);
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
