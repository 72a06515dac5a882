import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Json } from '../../src/formats/json.ts';
import { importP256 } from '../../src/formats/jwk.ts';
import { verifyJws } from '../../src/formats/jws.ts';
import { readListedKeys } from '../../src/formats/pass-directory.ts';
import { verifyChain } from '../../src/formats/x509.ts';
import { BUNDLE_TYP } from '../../src/judgement/trust-bundle.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { type PassKey, windowFrom } from '../../src/passes/pass-key.ts';
import { makePassKey } from '../support/passes.ts';
import {
  HOUR,
  MINUTE,
  type ServiceWorld,
  serviceWorld,
  type Till,
  till,
  URL_OF_SERVICE,
} from '../support/world.ts';

/** What a bundle says, as far as it is looked at here. */
interface Bundle {
  readonly iss: string;
  readonly aud: string;
  readonly livemode: boolean;
  readonly iat: number;
  readonly version: number;
  readonly stale_at: number;
  readonly exp: number;
  readonly policies: readonly object[];
  readonly pass_keys: readonly Json[];
}

/** A service that lists a key for each of these claims and dates. */
async function listing(t: TestContext, places: readonly (readonly [Claim, string])[]) {
  const w = await serviceWorld(t);
  for (const [claim, date] of places) {
    const { keyId, spki } = makePassKey();
    const window = windowFrom(date as PassKey['window']['date'], 1);
    await w.service.stores.passKeys.add({
      keyId,
      spki,
      claim,
      window,
      sealedPrivate: null,
      withdrawnAt: null,
    });
  }
  await w.service.passKeys.refresh();
  return w;
}

async function bundle(w: ServiceWorld, terminal: Till) {
  const { jwt, etag } = await w.service.offline.bundle(terminal);
  const [header = ''] = jwt.split('.');
  const { x5c } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const leaf = (await verifyChain(x5c, [w.service.ring.root()], w.world.now())) ?? assert.fail('no chain');
  const key = (await importP256(leaf.jwk)) ?? assert.fail('no key');
  const read = (await verifyJws(jwt, key, { typ: BUNDLE_TYP })) ?? assert.fail('it is not signed');
  const payload = read.payload as unknown as Bundle;
  return {
    etag,
    jwt,
    uris: leaf.uris,
    payload,
    keys: readListedKeys(payload.pass_keys) ?? assert.fail('no keys'),
  };
}

test('a bundle is signed by a key that the root vouches for, for this service and shop', async (t) => {
  const w = await listing(t, [['age_over_18', '2026-11-22']]);
  const terminal = await till(w);
  const { uris, payload } = await bundle(w, terminal);
  assert.deepEqual(uris, [URL_OF_SERVICE]);
  assert.deepEqual([payload.iss, payload.aud, payload.livemode], [URL_OF_SERVICE, terminal.retailer, true]);
});

test('a bundle holds the keys that can answer what the shop may ask while it lasts, and no others', async (t) => {
  const w = await listing(t, [
    ['age_over_18', '2026-11-21'],
    ['age_over_18', '2026-11-24'],
    ['age_over_18', '2026-11-26'],
    ['age_over_16', '2026-11-22'],
    ['age_over_21', '2026-11-22'],
    ['status_student', '2026-11-22'],
  ]);
  const { keys } = await bundle(w, { ...(await till(w)), permitted: ['age_over_18'] });
  assert.deepEqual(
    keys.map(({ claim, notBefore }) => `${claim} ${notBefore.toISOString().slice(0, 10)}`).sort(),
    ['age_over_18 2026-11-21', 'age_over_18 2026-11-24', 'age_over_21 2026-11-22'],
  );
});

test('a bundle is the same for five minutes, then a newer one, stale after a day and over after three', async (t) => {
  const w = await listing(t, [['age_over_18', '2026-11-22']]);
  const terminal = await till(w);
  const first = await bundle(w, terminal);
  w.pass(4 * MINUTE);
  const same = await bundle(w, terminal);
  assert.deepEqual([same.jwt, same.etag], [first.jwt, first.etag]);
  w.pass(MINUTE);
  const next = await bundle(w, terminal);
  assert.ok(next.payload.version > first.payload.version && next.etag !== first.etag);
  const { iat, stale_at: stale, exp } = first.payload;
  assert.deepEqual([(stale - iat) * 1_000, (exp - iat) * 1_000], [24 * HOUR, 72 * HOUR]);
});

test('a change of policies is in the next bundle at once', async (t) => {
  const w = await listing(t, [['age_over_18', '2026-11-22']]);
  const terminal = await till(w);
  const before = await bundle(w, terminal);
  const [policy] = await w.service.policies.list();
  await w.service.policies.set({ ...policy!, title: 'Other words' }, 'system');
  const after = await bundle(w, terminal);
  assert.notEqual(after.etag, before.etag);
  assert.ok(JSON.stringify(after.payload.policies).includes('Other words'));
});

test('a bundle of a few claims is small', async (t) => {
  const dates = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'];
  const w = await listing(
    t,
    dates.map((date) => ['age_over_18', date] as const),
  );
  const { jwt } = await bundle(w, { ...(await till(w)), permitted: ['age_over_18'] });
  assert.ok(jwt.length < 64 * 1024, `${jwt.length} bytes`);
});
