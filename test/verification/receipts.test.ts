import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importP256 } from '../../src/formats/jwk.ts';
import { readJws, verifyJws } from '../../src/formats/jws.ts';
import { TEST_OUTCOMES, testToken } from '../../src/judgement/test-token.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Verification } from '../../src/verification/verification.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  OFFICER,
  oneCopy,
  present,
  question,
  type ServiceWorld,
  serviceWorld,
  till,
  URL_OF_SERVICE,
} from '../support/world.ts';

const TYP = 'counterproof-receipt+jwt';

/** The payload of a receipt if one of the keys published for that purpose signed it. */
async function signedBy(w: ServiceWorld, receipt: string, ...purposes: ('document' | 'test' | 'issuer')[]) {
  const kid = readJws(receipt)!.header.kid;
  const jwk = w.service.ring.published(...purposes).find((key) => key.kid === kid);
  if (jwk === undefined) return null;
  return (await verifyJws(receipt, (await importP256(jwk))!, { typ: TYP }))?.payload ?? null;
}

async function answered(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w, 'identity');
  const { ticket } = await present(w, copy, 'given_name', 'age_equal_or_over/18');
  const terminal = await till(w);
  const ask = { claims: ['given_name', 'age_over_18'], portrait: false };
  const asked = question(terminal, ticket, { ask, reference: 'for Ada' });
  const { verification } = await w.service.verifications.verify(asked);
  return { w, copy, ticket, terminal, verification };
}

test('a receipt says who asked what and how it ended, and nothing about the person', async (t) => {
  const { w, copy, terminal, verification, ticket } = await answered(t);
  const receipt = await w.service.verifications.receipt(verification);
  const payload = await signedBy(w, receipt, 'issuer', 'document');
  assert.deepEqual(payload, {
    iss: URL_OF_SERVICE,
    jti: verification.id,
    iat: Date.parse('2026-11-22T10:00:00Z') / 1_000,
    livemode: true,
    retailer_id: terminal.retailer,
    terminal_id: terminal.terminal,
    asked: { policies: null, claims: ['given_name', 'age_over_18'] },
    outcome: 'approved',
    reason: null,
    proof: 'ticket',
    checked_at: '2026-11-22T10:00:00.000Z',
  });
  const text = JSON.stringify(readJws(receipt));
  for (const word of ['Ada', 'per_', 'wal_', 'lst_', ticket, copy.key.jwk.x]) {
    assert.equal(text.includes(word), false, word);
  }
});

test('a receipt of a refusal has its reason', async (t) => {
  const { w, terminal } = await answered(t);
  const { verification } = await w.service.verifications.verify(question(terminal, 'x'));
  const payload = await signedBy(w, await w.service.verifications.receipt(verification), 'document');
  assert.deepEqual([payload?.outcome, payload?.reason, payload?.proof], ['refused', 'malformed_token', null]);
});

test('a receipt that was changed does not verify', async (t) => {
  const { w, verification } = await answered(t);
  const [header, , signature] = (await w.service.verifications.receipt(verification)).split('.');
  const other = await w.service.verifications.receipt({ ...verification, outcome: 'refused' });
  assert.equal(await signedBy(w, [header, other.split('.')[1], signature].join('.'), 'document'), null);
});

test('receipts of a key that was retired still verify, and new ones have the new key', async (t) => {
  const { w, verification } = await answered(t);
  const before = await w.service.verifications.receipt(verification);
  await w.service.rotateKeys(OFFICER);
  await w.service.ring.refresh();
  const after = await w.service.verifications.receipt(verification);
  assert.notEqual(readJws(after)!.header.kid, readJws(before)!.header.kid);
  assert.deepEqual(await signedBy(w, before, 'document'), await signedBy(w, after, 'document'));
});

test("a test terminal's receipt says so and is signed by a key that is published apart", async (t) => {
  const w = await serviceWorld(t);
  const terminal = await till(w, { live: false });
  const { verification } = await w.service.verifications.verify(question(terminal, testToken('approved')));
  const receipt = await w.service.verifications.receipt(verification);
  assert.equal(await signedBy(w, receipt, 'issuer', 'document'), null);
  const payload = await signedBy(w, receipt, 'test');
  assert.deepEqual([payload?.livemode, payload?.outcome], [false, 'approved']);
});

test('a test terminal answers each test token by its outcome, again and again', async (t) => {
  const w = await serviceWorld(t);
  const terminal = await till(w, { live: false });
  const told = async (token: string) =>
    (await w.service.verifications.verify(question(terminal, token))).verification;
  for (const outcome of TEST_OUTCOMES) {
    for (const _ of [1, 2]) {
      const { live, ...verification } = await told(testToken(outcome));
      assert.deepEqual([verification.reason ?? verification.outcome, live], [outcome, false]);
    }
  }
});

test('a test terminal takes no real ticket and spends none', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const [test, live] = [await till(w, { live: false }), await till(w)];
  const told = async (terminal: typeof test) =>
    (await w.service.verifications.verify(question(terminal, ticket))).verification;
  assert.equal((await told(test)).reason, 'malformed_token');
  assert.equal((await told(live)).outcome, 'approved');
});

test('a test terminal is held to what its retailer may ask, as a live one is', async (t) => {
  const w = await serviceWorld(t);
  const terminal = await till(w, { live: false, permitted: ['age_over_21'] });
  const asked = w.service.verifications.verify(question(terminal, testToken('approved')));
  await assert.rejects(asked, refusal('claim_not_permitted', '/ask', 'claim_not_permitted'));
});

test("a terminal finds and lists its own verifications and no other terminal's", async (t) => {
  const { w, terminal, verification } = await answered(t);
  const other = await till(w);
  const second = await w.service.verifications.verify(question(terminal, 'x'));
  const list = async (of: Id<'terminal'>): Promise<readonly Verification[]> =>
    (await w.service.verifications.list({ limit: 10, after: null }, of)).rows;
  assert.deepEqual(await list(terminal.terminal), [second.verification, verification]);
  assert.deepEqual(await list(other.terminal), []);
  assert.deepEqual(await w.service.verifications.find(verification.id, terminal.terminal), verification);
  await assert.rejects(w.service.verifications.find(verification.id, other.terminal), refusal('not_found'));
});

test('a verification has no column for a person, a wallet or a presentation', async (t) => {
  const { w, copy } = await answered(t);
  const row = await w.db('verifications').first();
  assert.equal(
    Object.keys(row).some((name) => /person|wallet|presentation|copy|ticket/.test(name)),
    false,
  );
  const { id, person_id, wallet_id } = await w
    .db('presentations')
    .first()
    .then(async (presentation) => ({
      ...(await w.db('status_entries').first()),
      ...presentation,
    }));
  const text = JSON.stringify(row);
  for (const secret of [id, person_id, wallet_id, copy.key.jwk.x]) assert.equal(text.includes(secret), false);
});
