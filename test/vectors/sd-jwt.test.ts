import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/formats/json.ts';
import { jsonOfBase64url } from '../../src/formats/json.ts';
import type { P256PublicJwk } from '../../src/formats/jwk.ts';
import { importP256, readP256PublicJwk } from '../../src/formats/jwk.ts';
import { readJws } from '../../src/formats/jws.ts';
import { verifyKeyBinding } from '../../src/formats/sd-jwt/key-binding.ts';
import { chooseDisclosures } from '../../src/formats/sd-jwt/present.ts';
import { checkVc, SD_JWT_VC_TYP } from '../../src/formats/sd-jwt/vc.ts';
import { verifySdJwt } from '../../src/formats/sd-jwt/verify.ts';
import { disclosure } from '../formats/support/credential.ts';
import { changedAt } from '../formats/support/keys.ts';
import { published, SKIP } from './published.ts';

interface Example {
  readonly section: string;
  readonly typ: string;
  readonly value: string;
  readonly issuer_key: P256PublicJwk;
  readonly disclosures: number;
  readonly key_binding_jwt: boolean;
}

const SUITES = [
  { name: 'RFC 9901', file: 'sd-jwt-rfc9901/examples.json', count: 9 },
  { name: 'SD-JWT VC', file: 'sd-jwt-vc/examples.json', count: 5 },
];

/** The first example of RFC 9901 is shown as a JWS alone, before it is made into an SD-JWT. */
function textOf({ value }: Example): string {
  return value.includes('~') ? value : `${value}~`;
}

async function keyOf(jwk: unknown) {
  const read = readP256PublicJwk(jwk);
  const key = read === null ? null : await importP256(read);
  assert.ok(key);
  return key;
}

async function holds(example: Example): Promise<void> {
  const text = textOf(example);
  const key = await keyOf(example.issuer_key);
  const result = await verifySdJwt(text, { key, typ: example.typ });
  assert.equal(result.ok, true);
  if (!result.ok) return;
  assert.equal(result.disclosed.length, example.disclosures);
  assert.equal(result.parsed.keyBinding !== null, example.key_binding_jwt);
  assert.equal(/"(_sd|\.\.\.|_sd_alg)"/.test(JSON.stringify(result.claims)), false);
  assert.equal(
    chooseDisclosures(text, () => true),
    result.parsed.sdJwt,
  );
}

async function breaks(example: Example): Promise<void> {
  const text = textOf(example);
  const key = await keyOf(example.issuer_key);
  const reasonOf = async (changed: string) => {
    const result = await verifySdJwt(changed, { key });
    return result.ok ? 'ok' : result.reason;
  };
  const [jws = '', first = ''] = text.split('~');
  assert.equal((await reasonOf(changedAt(text, jws.indexOf('.') + 5))) === 'ok', false);
  assert.equal(await reasonOf(changedAt(text, jws.lastIndexOf('.') + 5)), 'bad_signature');
  if (example.disclosures === 0) return;
  const [salt, ...rest] = jsonOfBase64url(first) as readonly Json[];
  const salted = text.replace(first, disclosure(`${salt}x`, ...rest));
  assert.equal(await reasonOf(salted), 'unreferenced_disclosure');
  assert.equal(await reasonOf(text.replace('~', `~${first}~`)), 'duplicate_disclosure');
}

async function holdsKeyBinding(example: Example): Promise<void> {
  const result = await verifySdJwt(textOf(example), { key: await keyOf(example.issuer_key) });
  assert.equal(result.ok, true);
  if (!result.ok || result.parsed.keyBinding === null) return;
  const { cnf } = result.claims as { cnf: { jwk: unknown } };
  const holder = await keyOf(cnf.jwk);
  const { aud, iat, nonce } = readJws(result.parsed.keyBinding)!.payload as {
    aud: string;
    iat: number;
    nonce: string;
  };
  const rules = { audience: aud, now: new Date(iat * 1_000), oldest: 60, skew: 0 };
  assert.deepEqual(await verifyKeyBinding(result.parsed, holder, rules), { ok: true, nonce });
  const changed = { ...result.parsed, sdJwt: changedAt(result.parsed.sdJwt, 100) };
  assert.deepEqual(await verifyKeyBinding(changed, holder, rules), { ok: false, reason: 'wrong_sd_hash' });
  const forged = {
    ...result.parsed,
    keyBinding: changedAt(result.parsed.keyBinding, result.parsed.keyBinding.length - 9),
  };
  assert.deepEqual(await verifyKeyBinding(forged, holder, rules), { ok: false, reason: 'bad_signature' });
}

for (const { name, file, count } of SUITES) {
  const examples = SKIP === false ? published<{ examples: Example[] }>(file).examples : [];

  test(`every example of ${name} is here`, { skip: SKIP }, () => assert.equal(examples.length, count));

  for (const [i, example] of examples.entries()) {
    const title = `${name}, example ${i + 1} (${example.section})`;
    test(`${title} verifies`, () => holds(example));
    test(`${title} changed is refused by its own reason`, () => breaks(example));
    if (example.key_binding_jwt)
      test(`${title} is bound to its holder's key`, () => holdsKeyBinding(example));
    if (example.typ !== SD_JWT_VC_TYP) continue;
    test(`${title} is a credential`, async () => {
      const result = await verifySdJwt(textOf(example), { key: await keyOf(example.issuer_key) });
      assert.equal(result.ok, true);
      if (!result.ok) return;
      const vc = checkVc(result, { now: new Date(1_700_000_000_000), skew: 0 });
      assert.equal(vc.ok, true);
      assert.deepEqual(checkVc(result, { now: new Date(2_000_000_000_000), skew: 0 }), {
        ok: false,
        reason: 'expired',
      });
    });
  }
}
