import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayUseCookie, officerCookie } from '../../src/http/cookie.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const LATER = new Date('2026-11-22T18:00:00.900Z');

test('over HTTPS the cookie is bound to the host, secure, out of reach of scripts and of other sites', () => {
  assert.equal(
    officerCookie('https://id.example').set('abc', NOW, LATER),
    '__Host-cp_officer=abc; Max-Age=28800; Path=/; HttpOnly; SameSite=Strict; Secure',
  );
});

test('over HTTP on this machine it has neither prefix nor Secure, which no browser would take there', () => {
  assert.equal(
    officerCookie('http://localhost:3000').set('abc', NOW, LATER),
    'cp_officer=abc; Max-Age=28800; Path=/; HttpOnly; SameSite=Strict',
  );
});

test('the same name and rules take it away', () => {
  assert.equal(
    officerCookie('https://id.example').clear(),
    '__Host-cp_officer=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
  );
});

test('the cookie is found among others, and none where there are two of it', () => {
  const { read } = officerCookie('https://id.example');
  for (const [header, token] of [
    ['__Host-cp_officer=abc', 'abc'],
    ['a=b; __Host-cp_officer=abc;c=d', 'abc'],
    [undefined, null],
    ['', null],
    ['cp_officer=abc', null],
    ['x__Host-cp_officer=abc', null],
    ['__Host-cp_officer=abc; __Host-cp_officer=def', null],
  ] as const)
    assert.equal(read(header), token, String(header));
});

test('what changes nothing may use the cookie whoever sent it', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    assert.ok(
      mayUseCookie({ method, site: 'cross-site', origin: 'https://evil.example' }, 'https://id.example'),
    );
});
