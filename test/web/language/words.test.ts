import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { said, textOf } from '../../../src/web/language/words.ts';
import { language as english } from '../../../src/web/messages/en.ts';
import { wordsOf } from '../support/languages.ts';

const arabic = wordsOf('ar');

describe('a message', () => {
  test('is filled with what belongs in it, numbers as the language writes them', () => {
    const left = said('countdown.left', { count: 1234 });
    assert.equal(textOf(left, english.messages, 'en-GB'), '1,234 seconds left');
    assert.equal(textOf(left, arabic, 'ar-EG'), 'بقيت ١٬٢٣٤ ثانية');
  });

  test('has the plural form that the language has for the number', () => {
    const forms = [0, 1, 2, 3, 11, 100].map((count) =>
      textOf(said('countdown.left', { count }), arabic, 'ar'),
    );
    assert.equal(new Set(forms).size, 6);
    assert.equal(textOf(said('countdown.left', { count: 1 }), english.messages, 'en'), '1 second left');
  });

  test('says none in words of its own, where it has them', () => {
    const messages = {
      loaded: { zero: 'Nothing changed.', one: '{count} changed.', other: '{count} changed.' },
    };
    const of = (count: number) => textOf({ key: 'loaded', values: { count } }, messages, 'en');
    assert.deepEqual([of(0), of(1), of(2)], ['Nothing changed.', '1 changed.', '2 changed.']);
  });
});
