import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readJws, signJws } from '../../../src/formats/jws.ts';
import { bindKey, verifyKeyBinding } from '../../../src/formats/sd-jwt/key-binding.ts';
import { parseSdJwt } from '../../../src/formats/sd-jwt/parse.ts';
import { chooseDisclosures } from '../../../src/formats/sd-jwt/present.ts';
import { credential, disclosure, holder, NOW, SECONDS, signed } from '../support/credential.ts';
import { changedAt, freshKey } from '../support/keys.ts';

const AUDIENCE = 'https://id.example';
const rules = { audience: AUDIENCE, now: NOW, oldest: 60, skew: 5 };
const presentation = { audience: AUDIENCE, nonce: 'nonce-1', issuedAt: NOW };
const bound = await bindKey(credential, holder.signer, presentation);
const good = readJws(parseSdJwt(bound)!.keyBinding!)!.payload;

async function reasonOf(text: string, change: object = {}): Promise<string> {
  const parsed = parseSdJwt(text);
  if (parsed === null) return 'unreadable';
  const result = await verifyKeyBinding(parsed, holder.publicKey, { ...rules, ...change });
  return result.ok ? 'ok' : result.reason;
}

/** The good key binding with other claims, or another header. */
async function boundWith(claims: object, header: { typ: string } = { typ: 'kb+jwt' }): Promise<string> {
  return credential + (await signJws({ sign: holder.signer.sign }, header, { ...good, ...claims }));
}

test('what the holder bound verifies, and tells the nonce', async () => {
  const result = await verifyKeyBinding(parseSdJwt(bound)!, holder.publicKey, rules);
  assert.deepEqual(result, { ok: true, nonce: 'nonce-1' });
});

test('a key binding does not name its key, whoever signs', () => {
  assert.deepEqual(readJws(parseSdJwt(bound)!.keyBinding!)?.header, { typ: 'kb+jwt', alg: 'ES256' });
  assert.equal(good.iat, SECONDS);
});

test('an SD-JWT without a key binding is not bound', async () => {
  assert.equal(await reasonOf(credential), 'not_bound');
});

test('a key binding that is no JSON is malformed', async () => {
  assert.equal(await reasonOf(`${credential}a.b.c`), 'malformed');
});

test('another typ is refused', async () => {
  assert.equal(await reasonOf(await boundWith({}, { typ: 'JWT' })), 'wrong_typ');
});

test("another holder's signature is refused", async () => {
  const other = await bindKey(credential, (await freshKey()).signer, presentation);
  assert.equal(await reasonOf(other), 'bad_signature');
});

test('the audience must be the one string asked for', async () => {
  assert.equal(await reasonOf(bound, { audience: `${AUDIENCE}/` }), 'wrong_audience');
  assert.equal(await reasonOf(await boundWith({ aud: [AUDIENCE] })), 'wrong_audience');
  assert.equal(await reasonOf(await boundWith({ aud: undefined })), 'wrong_audience');
});

test('it is good from 5 seconds ahead of our clock to 60 seconds old', async () => {
  assert.equal(await reasonOf(await boundWith({ iat: SECONDS - 60 })), 'ok');
  assert.equal(await reasonOf(await boundWith({ iat: SECONDS - 61 })), 'too_old');
  assert.equal(await reasonOf(await boundWith({ iat: SECONDS + 5 })), 'ok');
  assert.equal(await reasonOf(await boundWith({ iat: SECONDS + 6 })), 'in_the_future');
});

test('a time of signing is required and a number', async () => {
  assert.equal(await reasonOf(await boundWith({ iat: undefined })), 'no_iat');
  assert.equal(await reasonOf(await boundWith({ iat: String(SECONDS) })), 'no_iat');
});

test('exp and nbf hold where they are', async () => {
  assert.equal(await reasonOf(await boundWith({ exp: SECONDS + 1, nbf: SECONDS })), 'ok');
  assert.equal(await reasonOf(await boundWith({ exp: SECONDS - 5 })), 'too_old');
  assert.equal(await reasonOf(await boundWith({ nbf: SECONDS + 6 })), 'in_the_future');
  assert.equal(await reasonOf(await boundWith({ exp: 'never' })), 'malformed');
});

test('a nonce is required and a string', async () => {
  assert.equal(await reasonOf(await boundWith({ nonce: undefined })), 'no_nonce');
  assert.equal(await reasonOf(await boundWith({ nonce: 1 })), 'no_nonce');
});

test('disclosures added or taken away afterwards do not fit the hash', async () => {
  const keyBinding = parseSdJwt(bound)!.keyBinding!;
  const fewer = chooseDisclosures(credential, ([first]) => first === 'family_name');
  assert.equal(await reasonOf(fewer + keyBinding), 'wrong_sd_hash');
  assert.equal(await reasonOf(`${credential}${disclosure('s', 'n', 1)}~${keyBinding}`), 'wrong_sd_hash');
  assert.equal(await reasonOf(await boundWith({ sd_hash: undefined })), 'wrong_sd_hash');
});

test('the hash is the one that _sd_alg names', async () => {
  const text = await signed({ _sd_alg: 'sha-512' });
  const presented = await bindKey(text, holder.signer, presentation);
  assert.equal(String(readJws(presented.split('~')[1]!)?.payload.sd_hash).length, 86);
  assert.equal(await reasonOf(presented), 'ok');
});

test('to bind what is bound already, or is no SD-JWT, is a bug', async () => {
  await assert.rejects(bindKey(bound, holder.signer, presentation), /can be bound/);
  await assert.rejects(bindKey('nothing', holder.signer, presentation), /can be bound/);
  await assert.rejects(
    bindKey(await signed({ _sd_alg: 'md5' }), holder.signer, presentation),
    /can be bound/,
  );
});

test('a presentation with any character changed is refused and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bound.length - 1), async (index) => {
      assert.notEqual(await reasonOf(changedAt(bound, index)), 'ok');
    }),
    { numRuns: 200 },
  );
});
