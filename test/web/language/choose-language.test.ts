import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseLanguage, localeFor } from '../../../src/web/language/choose-language.ts';

const have = ['ar', 'en'];

describe('the language', () => {
  test('is the first wish of the browser that can be had, whatever its region', () =>
    assert.equal(chooseLanguage(null, ['fr-CH', 'ar-EG', 'en'], have), 'ar'));
  test('is the one that was chosen before, if it can be had', () => {
    assert.equal(chooseLanguage('en', ['ar'], have), 'en');
    assert.equal(chooseLanguage('xx', ['ar'], have), 'ar');
  });
  test('is English where no wish can be had', () => {
    assert.equal(chooseLanguage(null, ['fr'], have), 'en');
    assert.equal(chooseLanguage(null, [], have), 'en');
  });
});

describe('the locale', () => {
  test('keeps the region of the browser', () =>
    assert.equal(localeFor('ar', ['en-US', 'ar-EG', 'ar']), 'ar-EG'));
  test('is the language alone where the browser names no region', () =>
    assert.equal(localeFor('ar', ['en-US']), 'ar'));
});
