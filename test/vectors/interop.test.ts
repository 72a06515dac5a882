/** Agreement with an implementation that is not ours: it verifies what we issue, and we verify what it issues. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { signJws } from '../../src/formats/jws.ts';
import { bindKey, verifyKeyBinding } from '../../src/formats/sd-jwt/key-binding.ts';
import { parseSdJwt } from '../../src/formats/sd-jwt/parse.ts';
import { chooseDisclosures } from '../../src/formats/sd-jwt/present.ts';
import { checkVc, SD_JWT_VC_TYP } from '../../src/formats/sd-jwt/vc.ts';
import { verifySdJwt } from '../../src/formats/sd-jwt/verify.ts';
import { packStatuses, STATUS, STATUS_LIST_TYP, statusListClaims } from '../../src/formats/status-list.ts';
import { credential, holder, issuer, NOW, SECONDS } from '../formats/support/credential.ts';
import { changedAt } from '../formats/support/keys.ts';

const AUDIENCE = 'https://id.example';
const rules = { audience: AUDIENCE, now: NOW, oldest: 60, skew: 5 };
const privateJwk = (key: typeof issuer) => crypto.subtle.exportKey('jwk', key.privateKey);

const theirs = new SDJwtVcInstance({
  signer: await ES256.getSigner(await privateJwk(issuer)),
  signAlg: 'ES256',
  verifier: await ES256.getVerifier(issuer.jwk),
  kbSigner: await ES256.getSigner(await privateJwk(holder)),
  kbSignAlg: 'ES256',
  kbVerifier: await ES256.getVerifier(holder.jwk),
  hasher: digest,
  hashAlg: 'sha-256',
  saltGenerator: generateSalt,
  statusListFetcher: (uri) => statusList(uri, STATUS.valid),
});

/** Our status list, in which only the credential's own status may be other than valid. */
function statusList(uri: string, status: number): Promise<string> {
  const bytes = packStatuses(64, 2, [[7, status]]);
  const times = { issuedAt: NOW, expiresAt: new Date(NOW.getTime() + 60_000), ttl: 60 };
  const claims = statusListClaims({ uri, bits: 2, bytes, ...times }, (plain) =>
    deflateSync(plain, { level: 9 }),
  );
  return signJws(issuer.signer, { typ: STATUS_LIST_TYP }, claims);
}

async function issuedByThem(): Promise<string> {
  const claims = {
    iss: 'https://id.example',
    vct: 'https://id.example/vct/age',
    iat: SECONDS,
    cnf: { jwk: holder.jwk },
    family_name: 'Example',
    nationalities: ['DE', 'FR'],
    age_equal_or_over: { '18': true, '21': false },
  };
  return theirs.issue(claims, {
    _sd: ['family_name'],
    _sd_decoy: 3,
    nationalities: { _sd: [1] },
    age_equal_or_over: { _sd: ['18', '21'] },
  });
}

test('they verify what we issue, and read the same claims', async () => {
  const { payload } = await theirs.verify(credential, { currentDate: SECONDS });
  const ours = await verifySdJwt(credential, { key: issuer.publicKey, typ: SD_JWT_VC_TYP });
  assert.deepEqual(payload, ours.ok && ours.claims);
});

test('they refuse what we issue once it is changed', async () => {
  await assert.rejects(theirs.verify(changedAt(credential, 200), { currentDate: SECONDS }));
});

test('they read our status list, and refuse what it says is suspended', async () => {
  const strict = new SDJwtVcInstance({
    verifier: await ES256.getVerifier(issuer.jwk),
    hasher: digest,
    statusListFetcher: (uri) => statusList(uri, STATUS.suspended),
  });
  await assert.rejects(strict.verify(credential, { currentDate: SECONDS }), /status/i);
});

test('they verify what our holder presents, with its key binding', async () => {
  const chosen = chooseDisclosures(credential, (path) => path.join('/') === 'age_equal_or_over/18');
  const bound = await bindKey(chosen!, holder.signer, {
    audience: AUDIENCE,
    nonce: 'nonce-1',
    issuedAt: NOW,
  });
  const result = await theirs.verify(bound, { currentDate: SECONDS, keyBindingNonce: 'nonce-1' });
  assert.deepEqual((result.payload as { age_equal_or_over?: object }).age_equal_or_over, { '18': true });
  assert.equal(result.kb?.payload.aud, AUDIENCE);
});

test('we verify what they issue, and read the same claims', async () => {
  const text = await issuedByThem();
  const result = await verifySdJwt(text, { key: issuer.publicKey, typ: SD_JWT_VC_TYP });
  assert.equal(result.ok, true);
  if (!result.ok) return;
  assert.deepEqual(result.claims, await theirs.getClaims(text));
  assert.equal(result.disclosed.length, 4);
  assert.equal(checkVc(result, { now: NOW, skew: 0 }).ok, true);
});

test('we refuse what they issue once it is changed', async () => {
  const text = await issuedByThem();
  assert.equal((await verifySdJwt(changedAt(text, 200), { key: issuer.publicKey })).ok, false);
});

test('we verify what their holder presents, with its key binding', async () => {
  const kb = { payload: { aud: AUDIENCE, nonce: 'nonce-2', iat: SECONDS } };
  const presented = await theirs.present(
    await issuedByThem(),
    { age_equal_or_over: { '18': true } } as never,
    { kb },
  );
  const result = await verifySdJwt(presented, { key: issuer.publicKey, typ: SD_JWT_VC_TYP });
  assert.deepEqual(result.ok && result.claims.age_equal_or_over, { '18': true });
  assert.deepEqual(result.ok && result.claims.nationalities, ['DE']);
  const parsed = parseSdJwt(presented);
  assert.deepEqual(await verifyKeyBinding(parsed!, holder.publicKey, rules), { ok: true, nonce: 'nonce-2' });
});
