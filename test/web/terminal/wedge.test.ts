import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testToken } from '../../../src/judgement/test-token.ts';
import {
  type Heard,
  hear,
  type Key,
  PAUSE,
  pause,
  QUIET,
  type Reading,
} from '../../../src/web/terminal/wedge.ts';

const CODE = testToken('approved');
const ENTER = { key: 'Enter', code: 'Enter' };

type Stroke = Pick<Key, 'key' | 'code'> & { readonly control?: boolean };

/** The keys of a text as a keyboard of the United States sends them. */
function keys(text: string): Stroke[] {
  return Array.from(text, (key) => {
    if (/\d/.test(key)) return { key, code: `Digit${key}` };
    return { key, code: key === ']' ? 'BracketRight' : `Key${key.toUpperCase()}` };
  });
}

/** Types at a pace, in milliseconds from key to key, and then does nothing for a while. */
function type(strokes: readonly Stroke[], pace = 5, from = QUIET) {
  let wedge = from;
  const all: Heard[] = strokes.map((stroke, i) => {
    const heard = hear(wedge, { control: false, ...stroke, at: 1_000 + i * pace });
    wedge = heard.wedge;
    return heard;
  });
  const last = pause(wedge, 1_000 + (strokes.length - 1) * pace + PAUSE);
  const readings = [...all, last].flatMap(({ reading }) => reading ?? []);
  return { readings, swallowed: all.map(({ swallow }) => swallow), last: all.at(-1) };
}

function only(readings: readonly Reading[]): Reading {
  assert.equal(readings.length, 1);
  return readings[0]!;
}

describe('a scanner that types', () => {
  for (const [mark, end] of [
    [[ENTER], 'enter'],
    [[{ key: 'Tab', code: 'Tab' }], 'tab'],
    [[{ key: 'j', code: 'KeyJ', control: true }], 'enter'],
    [[], 'none'],
  ] as const) {
    test(`is read with the end mark "${mark.map(({ key }) => key).join()}"`, () => {
      const reading = only(type([...keys(CODE), ...mark]).readings);
      assert.deepEqual([reading.text, reading.end], [CODE, end]);
    });
  }

  test('is read once where its end mark is CR and LF, and both are kept from the page', () => {
    const lineFeed = { key: 'j', code: 'KeyJ', control: true };
    const { readings, swallowed } = type([...keys(CODE), ENTER, lineFeed]);
    only(readings);
    assert.deepEqual(swallowed.slice(-2), [true, true]);
  });

  test('is read without its AIM identifier, which is told beside it', () => {
    const reading = only(type([...keys(`]Q1${CODE}`), ENTER]).readings);
    assert.deepEqual([reading.text, reading.aim], [CODE, ']Q1']);
  });

  test('is read on a layout whose digits are elsewhere', () => {
    const french = ['à', '&', 'é', '"', "'", '(', 'Dead', 'è', '_', 'ç'];
    const strokes = Array.from(CODE, (digit) => ({ key: french[Number(digit)]!, code: `Digit${digit}` }));
    const reading = only(type([...strokes, ENTER]).readings);
    assert.deepEqual([reading.text, reading.otherLayout], [CODE, true]);
  });

  test('is read with Shift and Caps Lock in between', () => {
    const shifted = keys(CODE).flatMap((stroke) => [{ key: 'Shift', code: 'ShiftLeft' }, stroke]);
    const strokes = [{ key: 'CapsLock', code: 'CapsLock' }, ...shifted, ENTER];
    assert.equal(only(type(strokes).readings).text, CODE);
  });

  test('is read from the block of numbers, and in Arabic numerals', () => {
    const block = Array.from(CODE, (key) => ({ key: 'Unidentified', code: `Numpad${key}` }));
    assert.equal(only(type([...block, ENTER]).readings).text, CODE);
    const arabic = Array.from(CODE, (digit) => ({ key: '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)), code: '' }));
    assert.equal(only(type([...arabic, ENTER]).readings).text, CODE);
  });

  test('says a code once, also when it says it twice in one breath', () => {
    assert.equal(only(type(keys(CODE + CODE)).readings).text, CODE);
    assert.equal(only(type([...keys(`]Q1${CODE}]Q1${CODE}`), ENTER]).readings).text, CODE);
  });

  test('is read when it reads the barcode of a product', () => {
    assert.equal(only(type([...keys('50001126'), ENTER]).readings).text, '50001126');
  });

  test('tells its pace', () => {
    assert.equal(only(type([...keys(CODE), ENTER], 20).readings).pace, 20);
  });
});

describe('fingers', () => {
  for (const pace of [60, 90, 300]) {
    test(`that take ${pace} milliseconds a key are no scanner`, () => {
      const { readings, swallowed } = type([...keys(CODE), ENTER], pace);
      assert.deepEqual(readings, []);
      assert.ok(!swallowed.includes(true));
    });
  }

  test('that press a few keys fast are no scanner', () => {
    assert.deepEqual(type([...keys('1234567'), ENTER]).readings, []);
    assert.deepEqual(type(keys('1234567890123')).readings, []);
  });

  test('that pause begin anew', () => {
    const { wedge } = hear(QUIET, { key: '7', code: 'Digit7', control: false, at: 0 });
    assert.equal(only(type([...keys(CODE), ENTER], 5, wedge).readings).text, CODE);
  });

  test('have their Enter and their Tab to themselves', () => {
    assert.deepEqual(type([ENTER]).swallowed, [false]);
    assert.deepEqual(type([{ key: 'Tab', code: 'Tab' }]).swallowed, [false]);
  });
});
