import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../support/checkout.ts';
import { formsOf, languageFiles, wordsOf } from '../support/languages.ts';

const PAGES = join(root, 'src/web');
/** A button that is called aloud by more than the words on it, and those words: both as keys. */
const SPOKEN =
  /<Button\b(?:(?!<\/Button>)[\s\S])*?aria-label=\{say\('([^']+)'(?:(?!<\/Button>)[\s\S])*?\{say\('([^']+)'\)\}\s*<\/Button>/g;

const pairs = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.tsx'))
  .flatMap((path) => [...readFileSync(join(PAGES, path), 'utf8').matchAll(SPOKEN)])
  .map(([, aloud = '', seen = '']) => ({ aloud, seen }));

test('there are buttons with a longer name', () => assert.ok(pairs.length > 5));

for (const tag of ['en', ...languageFiles.keys()]) {
  test(`whoever says what a button shows presses it, in "${tag}" (WCAG 2.5.3)`, () => {
    const words = wordsOf(tag);
    const textOf = (key: string) =>
      formsOf(words[key] ?? '')
        .join()
        .toLocaleLowerCase(tag);
    assert.deepEqual(
      pairs.filter(({ aloud, seen }) => textOf(seen) === '' || !textOf(aloud).includes(textOf(seen))),
      [],
    );
  });
}
