import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drawLinkQr, drawQr, QUIET } from '../../src/formats/qr.ts';

const VERSION_1 = 21;
const VERSION_14 = 73;

describe('the drawing of a code', () => {
  for (const [what, digits, size] of [
    ['a ticket', 34, VERSION_1],
    ['a pass', 871, VERSION_14],
  ] as const) {
    test(`of ${what} has ${size} modules a side, and the quiet zone around them`, () => {
      assert.equal(drawQr('9'.repeat(digits)).side, size + 2 * QUIET);
    });
  }

  test('of one digit more than a ticket is larger', () => {
    assert.ok(drawQr('9'.repeat(35)).side > VERSION_1 + 2 * QUIET);
  });

  test('leaves the quiet zone white', () => {
    const { side, path } = drawQr('1'.repeat(34));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      assert.ok(Number(x) >= QUIET && Number(y) >= QUIET && Number(y) < side - QUIET);
      assert.ok(Number(x) + Number(width) <= side - QUIET);
    }
  });

  test('of a link holds what digits alone would not', () => {
    const { side, path } = drawLinkQr('https://id.example.org/terminal#pair=7K3M9QXA');
    assert.equal(side, VERSION_1 + 12 + 2 * QUIET);
    assert.ok(path.startsWith(`M${QUIET} ${QUIET}h7v1h-7z`));
  });

  for (const text of ['', '12a', '1 2', '-1']) {
    test(`is not made of "${text}"`, () => assert.throws(() => drawQr(text), TypeError));
  }
});
