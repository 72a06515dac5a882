import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Claim } from '../../src/kernel/claims.ts';
import { type PassKey, windowAt } from '../../src/passes/pass-key.ts';
import { makePass, makePassKey, type TestPassKey } from '../support/passes.ts';
import { DAY, NOW, question, SECOND, type ServiceWorld, serviceWorld, till } from '../support/world.ts';

let issuer: TestPassKey;
before(() => {
  issuer = makePassKey();
});

/** A service that lists a key of a claim, and a till. */
async function passWorld(t: Parameters<typeof serviceWorld>[0], claim: Claim = 'age_over_18') {
  const w = await serviceWorld(t);
  const key: PassKey = {
    keyId: issuer.keyId,
    claim,
    window: windowAt(NOW, 1),
    spki: issuer.spki,
    sealedPrivate: null,
    withdrawnAt: null,
  };
  await w.service.stores.passKeys.add(key);
  await w.service.passKeys.refresh();
  return { w, key, terminal: await till(w), pass: await makePass(issuer) };
}

const ask = async (w: ServiceWorld, terminal: Awaited<ReturnType<typeof till>>, token: string, more = {}) => {
  const { verification, claims } = await w.service.verifications.verify(question(terminal, token, more));
  return { ...verification, claims };
};

test('a pass is approved once, and says what was asked and how fresh it was', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  const digits = await pass.show(w.world.now());
  const first = await ask(w, terminal, digits);
  assert.deepEqual(
    [first.outcome, first.claims, first.proof, first.freshness, first.presentedAt],
    ['approved', { age_over_18: true }, 'pass', 'fresh', null],
  );
  const second = await ask(w, terminal, digits);
  assert.deepEqual([second.reason, second.claims, second.proof], ['already_used', {}, 'pass']);
});

test('the same pass shown anew is the same pass, at whatever till', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  await ask(w, terminal, await pass.show(w.world.now()));
  w.pass(20 * SECOND);
  const other = await till(w, { name: 'Till 2' });
  assert.equal((await ask(w, other, await pass.show(w.world.now()))).reason, 'already_used');
});

test('of many tills that ask about one pass at once exactly one is told yes', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  const digits = await pass.show(w.world.now());
  const answers = await Promise.all(Array.from({ length: 32 }, () => ask(w, terminal, digits)));
  assert.equal(answers.filter(({ outcome }) => outcome === 'approved').length, 1);
});

test('a refused pass is not spent: asked about what it proves, it is approved', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  const digits = await pass.show(w.world.now());
  const refused = await ask(w, terminal, digits, { ask: { claims: ['age_over_21'], portrait: false } });
  assert.equal(refused.reason, 'claim_not_presented');
  assert.equal((await ask(w, terminal, digits)).outcome, 'approved');
});

test('a scanner that fires twice gets the same approval, with a reference and within five seconds', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  const digits = await pass.show(w.world.now());
  const first = await ask(w, terminal, digits, { reference: 'till 4' });
  w.pass(4 * SECOND);
  assert.equal((await ask(w, terminal, digits, { reference: 'till 4' })).id, first.id);
  w.pass(2 * SECOND);
  assert.equal((await ask(w, terminal, digits, { reference: 'till 4' })).reason, 'already_used');
});

test('each thing that is wrong with a pass has its own reason', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  const stranger = await makePass(makePassKey());
  const ago = (seconds: number) => new Date(w.world.now().getTime() - seconds * SECOND);
  const digits = await pass.show(w.world.now());
  const wrong: [string, string][] = [
    ['unknown_issuer', await stranger.show(w.world.now())],
    ['bad_signature', `2${BigInt(digits.slice(1)) ^ 1n}`],
    ['expired', await pass.show(ago(100))],
    ['not_yet_valid', await pass.show(ago(-70))],
    ['malformed_token', digits.slice(0, -1)],
  ];
  for (const [reason, token] of wrong) assert.equal((await ask(w, terminal, token)).reason, reason);
  assert.equal((await ask(w, terminal, digits)).outcome, 'approved');
});

test('a key is good from its window to the end of the next one, by the clock of the verifier', async (t) => {
  const { w, key, terminal, pass } = await passWorld(t);
  w.goTo(new Date(key.window.expiresAt.getTime() - SECOND).toISOString());
  const late = await pass.show(w.world.now());
  assert.equal((await ask(w, terminal, late)).outcome, 'approved');
  w.goTo(key.window.expiresAt.toISOString());
  const other = await makePass(issuer);
  assert.equal((await ask(w, terminal, await other.show(w.world.now()))).reason, 'expired');
});

test('nothing that is kept about a pass is the pass, its key or its signature', async (t) => {
  const { w, terminal, pass } = await passWorld(t);
  const digits = await pass.show(w.world.now());
  await ask(w, terminal, digits);
  const kept = await w.bytes();
  for (const part of [digits, digits.slice(1, 40), pass.stocked.deviceKey, pass.stocked.signature]) {
    assert.equal(kept.includes(Buffer.from(part as string)), false);
  }
});

test('a spent mark goes ten days after the pass has expired, and not before', async (t) => {
  const { w, key, terminal, pass } = await passWorld(t);
  await ask(w, terminal, await pass.show(w.world.now()));
  const end = key.window.expiresAt.getTime() + 10 * DAY;
  assert.equal(await w.service.stores.spentPasses.purge(new Date(end - 1)), 0);
  assert.equal(await w.service.stores.spentPasses.purge(new Date(end)), 1);
});
