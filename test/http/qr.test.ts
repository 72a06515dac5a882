import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { qrPng, qrSvg, qrTerminal } from '../../src/http/qr.ts';
import { TEST_OUTCOMES, testToken } from '../../src/judgement/test-token.ts';

const ticket = '0123456789012345678901234567890123';
const VERSION_1 = 21;
const QUIET = 4;
const BLACK_ON_WHITE = '\x1b[38;5;16;48;5;231m';
const AS_BEFORE = '\x1b[0m';
const side = VERSION_1 + 2 * QUIET;

before(() => {
  const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer } });
});

describe('a QR of digits', () => {
  test('of a ticket is of the smallest size, in SVG', () => {
    assert.match(qrSvg(ticket, { title: 'Ticket' }), new RegExp(`viewBox="0 0 ${side} ${side}"`));
  });

  test('of a ticket is of the smallest size, in PNG', async () => {
    const { width, height } = await sharp(await qrPng(ticket, 3)).metadata();
    assert.deepEqual([width, height], [3 * side, 3 * side]);
  });

  for (const digits of [ticket, '0', '000', '7'.repeat(700), ...TEST_OUTCOMES.map(testToken)]) {
    test(`of ${digits.slice(0, 40)} is read back from PNG, SVG and the terminal`, async () => {
      assert.equal(await read(await qrPng(digits, 4)), digits);
      assert.equal(
        await read(
          await sharp(Buffer.from(qrSvg(digits, { title: '' })))
            .png()
            .toBuffer(),
        ),
        digits,
      );
      assert.equal(await read(await drawn(qrTerminal(digits))), digits);
    });
  }

  test('takes as many units a module as it is told', () => {
    assert.match(qrSvg(ticket, { module: 6, title: 'Ticket' }), new RegExp(`width="${6 * side}"`));
  });

  test('is named for those who do not see it, and the name cannot break out', () => {
    const svg = qrSvg(ticket, { title: 'Tom & <b>' });
    assert.match(svg, / role="img" /);
    assert.match(svg, /<title>Tom &amp; &lt;b><\/title>/);
  });

  test('has no style and no script of its own', () => {
    assert.doesNotMatch(qrSvg(ticket, { title: 'Ticket' }), /style|<script|href|class/);
  });

  test('sets its colours on every line of a terminal, and sets them back', () => {
    for (const line of linesOf(qrTerminal(ticket))) {
      assert.ok(line.startsWith(BLACK_ON_WHITE) && line.endsWith(AS_BEFORE));
      assert.match(line.slice(BLACK_ON_WHITE.length, -AS_BEFORE.length), /^[ ▀▄█]+$/);
    }
  });

  for (const text of ['', '12a', ' 1', '１']) {
    test(`is not made of ${JSON.stringify(text)}`, () => {
      assert.throws(() => qrSvg(text, { title: 'Ticket' }), TypeError);
    });
  }
});

async function read(png: Buffer): Promise<string | undefined> {
  const found = await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] });
  return found[0]?.text;
}

/** What a terminal would show, with characters of 4 by 8 pixels. */
async function drawn(text: string): Promise<Buffer> {
  const lines = linesOf(text).map((line) => line.slice(BLACK_ON_WHITE.length, -AS_BEFORE.length));
  const rows = lines.flatMap((line) => ['▀█', '▄█'].map((inked) => [...line].map((c) => inked.includes(c))));
  const [width, height] = [rows[0]!.length, rows.length];
  const pixels = Uint8Array.from(rows.flat(), (dark) => (dark ? 0 : 255));
  const image = sharp(pixels, { raw: { width, height, channels: 1 } });
  return image
    .resize(width * 4, height * 4, { kernel: 'nearest' })
    .png()
    .toBuffer();
}

function linesOf(text: string): string[] {
  return text.trimEnd().split('\n');
}
