import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Language, Message } from '../../../src/web/language/words.ts';
import { said, textOf } from '../../../src/web/language/words.ts';
import { language as arabic } from '../../../src/web/messages/ar.ts';
import { language as english } from '../../../src/web/messages/en.ts';
import { moduleFile, root } from '../../support/checkout.ts';

const FOLDER = 'src/web/messages';
const tags = readdirSync(join(root, FOLDER)).map((name) => name.replace('.ts', ''));
const languages = new Map<string, Language>(
  await Promise.all(
    tags.map(
      async (tag) =>
        [tag, (await import(pathToFileURL(moduleFile(`${FOLDER}/${tag}.ts`)).href)).language] as const,
    ),
  ),
);

describe('a message', () => {
  test('is filled with what belongs in it, numbers as the language writes them', () => {
    const left = said('countdown.left', { count: 1234 });
    assert.equal(textOf(left, english.messages, 'en-GB'), '1,234 seconds left');
    assert.equal(textOf(left, arabic.messages, 'ar-EG'), 'بقيت ١٬٢٣٤ ثانية');
  });

  test('has the plural form that the language has for the number', () => {
    const forms = [0, 1, 2, 3, 11, 100].map((count) =>
      textOf(said('countdown.left', { count }), arabic.messages, 'ar'),
    );
    assert.equal(new Set(forms).size, 6);
    assert.equal(textOf(said('countdown.left', { count: 1 }), english.messages, 'en'), '1 second left');
  });
});

for (const [tag, { messages }] of languages) {
  describe(`the messages of "${tag}"`, () => {
    for (const [key, message] of Object.entries<Message>(messages)) {
      const source: Message = english.messages[key as keyof typeof english.messages];

      test(`${key} takes what the English one takes, and no form of it is empty`, () => {
        for (const form of formsOf(message)) assert.notEqual(form.trim(), '');
        assert.deepEqual(namesIn(message), namesIn(source));
      });

      if (typeof message !== 'string') {
        test(`${key} has each plural form of the language`, () => {
          const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
          assert.deepEqual(Object.keys(message).sort(), pluralCategories.toSorted());
        });
      }
    }
  });
}

function formsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : Object.values(message);
}

/** What can be filled in. The forms for one and two may leave the number out, since their words say it. */
function namesIn(message: Message): readonly string[] {
  const names = formsOf(message).flatMap((form) =>
    [...form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)].sort();
}
