import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isShell, SHELL_PREFIX, stale } from '../../../src/web/wallet/shell.ts';

const origin = 'https://id.example';
const script = '/build/assets/wallet-1a2b.js';
const shell = { origin, page: '/wallet', shell: ['/wallet', script] };
const asked = (path: string, more: { method?: string; navigates?: boolean } = {}) =>
  isShell({ method: 'GET', navigates: false, url: new URL(path, origin).href, ...more }, shell);

describe('the shell of the wallet', () => {
  test('is its page and what that loads', () => {
    assert.equal(asked('/wallet', { navigates: true }), '/wallet');
    assert.equal(asked('/wallet#offer=x', { navigates: true }), '/wallet');
    assert.equal(asked(script), script);
  });

  for (const [what, answer] of [
    ['an answer of the service', asked('/v1/presentations/prs_1')],
    ['an upload', asked('/v1/presentations', { method: 'POST' })],
    ['metadata', asked('/.well-known/openid-credential-issuer')],
    ['a shell file that is asked for with a question', asked(`${script}?x`)],
    ['another page', asked('/terminal', { navigates: true })],
    ['another origin', asked(`https://other.example${script}`)],
  ] as const) {
    test(`is not ${what}`, () => assert.equal(answer, null));
  }

  test('replaces the shells of other builds and touches nobody else’s', () => {
    const names = [`${SHELL_PREFIX}old`, `${SHELL_PREFIX}new`, 'another'];
    assert.deepEqual(stale(names, `${SHELL_PREFIX}new`), [`${SHELL_PREFIX}old`]);
  });
});
