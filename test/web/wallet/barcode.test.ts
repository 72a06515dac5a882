import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { drawBarcode } from '../../../src/web/wallet/barcode.ts';

const ticket = '1234567890123456789012345678901288';
/** Start, 17 pairs of digits and the check symbol of 11 modules, and the stop of 13: set C throughout. */
const MODULES = 11 * 19 + 13;
const QUIET = 10;

before(() => {
  const file = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(file)).buffer } });
});

describe('the barcode of a ticket', () => {
  test('takes two digits to a symbol, with quiet zones around them', () => {
    assert.equal(drawBarcode(ticket).width, MODULES + 2 * QUIET);
  });

  test('is read back by another reader', async () => {
    const { width, path } = drawBarcode(ticket);
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 3}" height="200" preserveAspectRatio="none" ` +
      `viewBox="0 0 ${width} 1"><path fill="#fff" d="M0 0h${width}v1H0z"/><path d="${path}"/></svg>`;
    const png = await sharp(Buffer.from(svg)).png().toBuffer();
    const [found] = await readBarcodes(new Uint8Array(png), { formats: ['Code128'] });
    assert.equal(found?.text, ticket);
  });

  for (const text of ['', '123', '12a4', '12 34']) {
    test(`is not made of "${text}"`, () => assert.throws(() => drawBarcode(text), TypeError));
  }
});
