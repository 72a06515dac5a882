import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../../src/web/language/words.ts';
import { ENGLISH, formsOf, languageFiles } from '../support/languages.ts';

const SECTIONS = Object.keys(ENGLISH) as (keyof typeof ENGLISH)[];

test('there are English, Arabic, German, Spanish and Russian', () => {
  assert.deepEqual([...languageFiles.keys()].sort(), ['ar', 'de', 'es', 'ru']);
});

for (const [tag, file] of languageFiles) {
  describe(`the language file "${tag}"`, () => {
    const faulty = (rule: (message: Message, source: Message) => boolean) =>
      SECTIONS.flatMap((section) =>
        Object.entries<Message>(ENGLISH[section]).flatMap(([key, source]) => {
          const message = file[section][key];
          return message === undefined || rule(message, source) ? [] : [`${section}: ${key}`];
        }),
      );

    test('runs as Intl says that its script runs, and has a section for each page', () => {
      assert.equal(file.direction, tag === 'ar' ? 'rtl' : 'ltr');
      assert.deepEqual(Object.keys(file), ['direction', ...SECTIONS]);
    });

    for (const section of SECTIONS) {
      test(`says for "${section}" all that English says, and nothing else`, () =>
        assert.deepEqual(Object.keys(file[section]).sort(), Object.keys(ENGLISH[section]).sort()));
    }

    test('leaves no message empty and shouts nowhere', () =>
      assert.deepEqual(
        faulty((message) => formsOf(message).every((form) => form.trim() !== '' && !/[!¡]/.test(form))),
        [],
      ));

    test('takes in each message what the English one takes', () =>
      assert.deepEqual(
        faulty((message, source) => namesIn(message) === namesIn(source)),
        [],
      ));

    test('counts where English counts, in each plural form that it has (CLDR), and none where English says none', () => {
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      const formsFor = (source: Message) =>
        typeof source === 'object' && 'zero' in source ? ['zero', ...pluralCategories] : pluralCategories;
      assert.deepEqual(
        faulty((message, source) => shapeOf(message) === shapeOf(source, formsFor(source))),
        [],
      );
    });
  });
}

/** What can be filled in. The forms for one and two may leave the number out, since their words say it. */
function namesIn(message: Message): string {
  const names = formsOf(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  return [...new Set(names)].sort().join();
}

function shapeOf(message: Message, forms: readonly string[] = Object.keys(message)): string {
  return typeof message === 'string' ? 'text' : [...new Set(forms)].sort().join();
}
