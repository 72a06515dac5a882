import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isShell, prefixOf, stale } from '../../../src/web/shell/shell.ts';

const origin = 'https://id.example';
const script = '/build/assets/wallet-1a2b.js';
const shell = { origin, page: '/wallet', shell: ['/wallet', script] };
const asked = (path: string, more: { method?: string; navigates?: boolean; framed?: boolean } = {}) =>
  isShell(
    { method: 'GET', navigates: false, framed: false, url: new URL(path, origin).href, ...more },
    shell,
  );

describe('the shell of an app', () => {
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
    ['a path below the page', asked('/wallet/x', { navigates: true })],
    ['the page in a frame of another', asked('/wallet', { navigates: true, framed: true })],
    ['another origin', asked(`https://other.example${script}`)],
  ] as const) {
    test(`is not ${what}`, () => assert.equal(answer, null));
  }

  test('replaces the shells of other builds and touches nobody else’s', () => {
    const [own, other] = [prefixOf('/wallet'), prefixOf('/terminal')];
    const names = [`${own}old`, `${own}new`, `${other}old`, 'another'];
    assert.deepEqual(stale(names, `${own}new`, '/wallet'), [`${own}old`]);
  });
});
