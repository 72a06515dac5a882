import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Claim } from '../../../src/kernel/claims.ts';
import { type Message, type Messages, textOf } from '../../../src/web/language/words.ts';
import { choicesOf } from '../../../src/web/wallet/choice.ts';
import { wallet as english } from '../../../src/web/wallet/messages/en.ts';
import { learnedFrom, leftOutBy, nameOf, sharedBy, titleOf } from '../../../src/web/wallet/showing-view.ts';
import { formsOf, languageFiles, wordsOf } from '../support/languages.ts';

const LANGUAGES: readonly (readonly [string, Messages])[] = [
  ['en', english],
  ...[...languageFiles.keys()].map((tag) => [tag, wordsOf(tag)] as const),
];
const CLAIMS: readonly Claim[] = ['age_over_18', 'status_student', 'given_name', 'family_name', 'portrait'];

describe('the words of the wallet', () => {
  test('are never those of a till, never beg and never shout', () => {
    for (const text of Object.values<Message>(english).flatMap(formsOf)) {
      assert.doesNotMatch(text, /\b(in)?valid|please|oops|!|✓|✔/i);
    }
  });
});

describe('what is said of a choice', () => {
  const { usual } = choicesOf(CLAIMS);
  const text = (what: Parameters<typeof textOf>[0]) => textOf(what, english, 'en-GB');

  test('names it, says what it shows and what it does not', () => {
    assert.deepEqual(
      usual.map((choice) => text(titleOf(choice))),
      ['Over 18', 'Student', 'Over 18, with your photo', 'Name and photo for a parcel'],
    );
    assert.equal(text(sharedBy(usual[0]!).said), 'Shows only: over 18.');
    assert.equal(text(sharedBy(usual[3]!).said), 'Shows only: your name and your photo.');
    assert.equal(sharedBy(usual[1]!).status?.key, 'wallet.status.student');
    assert.deepEqual(
      usual.map(({ claims }) => leftOutBy(claims)?.key),
      [...Array(3).fill('wallet.not.name_birthday'), 'wallet.not.birthday'],
    );
  });

  test('never says that a birthday stays out where it does not', () => {
    assert.equal(leftOutBy(['birth_date']), null);
  });

  test('speaks of a status that it has no word for by its name', () => {
    assert.equal(text(nameOf('status_night_nurse')), 'Status: night nurse');
    assert.equal(learnedFrom('status_night_nurse').status?.values.name, 'night nurse');
  });

  test('has words for every claim in every language', () => {
    for (const [locale, messages] of LANGUAGES) {
      for (const claim of [...CLAIMS, 'birth_date', 'document_number', 'nationality'] as const) {
        assert.doesNotMatch(textOf(learnedFrom(claim).said, messages, locale), /^wallet\./);
        assert.doesNotMatch(textOf(nameOf(claim), messages, locale), /^wallet\./);
      }
    }
  });
});
