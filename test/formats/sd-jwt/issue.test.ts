import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJws } from '../../../src/formats/jws.ts';
import { issueSdJwt } from '../../../src/formats/sd-jwt/issue.ts';
import { tree } from '../support/credential.ts';
import { freshKey, random } from '../support/keys.ts';

const { signer } = await freshKey('issuer-9');

test('an SD-JWT is the JWS, every disclosure, and a tilde at the end', async () => {
  const text = await issueSdJwt(signer, 'dc+sd-jwt', tree, random);
  const [jws = '', ...rest] = text.split('~');
  assert.equal(rest.length, 8);
  assert.equal(rest.at(-1), '');
  assert.deepEqual(readJws(jws)?.header, { typ: 'dc+sd-jwt', alg: 'ES256', kid: 'issuer-9' });
});

test('two SD-JWTs of the same tree have the same shape and no digest, salt or disclosure in common', async () => {
  const [a, b] = await Promise.all([1, 2].map(() => issueSdJwt(signer, 'dc+sd-jwt', tree, random)));
  const digests = [a!, b!].map((text) => readJws(text.split('~')[0]!)?.payload._sd as string[]);
  assert.equal(a?.length, b?.length);
  assert.equal(new Set(digests.flat()).size, 16);
  assert.equal(new Set([a!, b!].flatMap((text) => text.split('~').slice(1, -1))).size, 14);
});
