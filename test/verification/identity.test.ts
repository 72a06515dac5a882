import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testToken } from '../../src/judgement/test-token.ts';
import type { Question } from '../../src/verification/question.ts';
import { oneCopy, PORTRAIT, present, question, SECOND, serviceWorld, till } from '../support/world.ts';

const ASK = { claims: ['given_name', 'age_over_18'], portrait: true };
const FACE = `data:image/jpeg;base64,${Buffer.from(PORTRAIT).toString('base64')}`;
const ALL = { given_name: 'Ada', age_over_18: true, portrait: FACE };
const KEY = { idempotencyKey: 'parcel-1' };

async function shown(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w, 'identity');
  const { ticket } = await present(w, copy, 'given_name', 'family_name', 'portrait', 'age_equal_or_over/18');
  const terminal = await till(w);
  const ask = (change: Partial<Question> = {}) =>
    w.service.verifications.verify(question(terminal, ticket, { ask: ASK, ...change }));
  return { w, ticket, terminal, ask };
}

test('identity is told as far as it was asked, though more was shown', async (t) => {
  const { ask } = await shown(t);
  const answer = await ask();
  assert.deepEqual(answer.claims, ALL);
  assert.deepEqual([answer.verification.nextStep, answer.claimsExpired], ['compare_portrait', false]);
});

test('a replay within a minute has identity again, and after it says that it is gone', async (t) => {
  const { w, ask } = await shown(t);
  const first = await ask(KEY);
  w.pass(60 * SECOND - 1);
  assert.deepEqual(await ask(KEY), { ...first, replayed: true });
  w.pass(1);
  const late = await ask(KEY);
  assert.deepEqual([late.claims, late.claimsExpired, late.replayed], [{ age_over_18: true }, true, true]);
  assert.equal(late.verification.outcome, 'approved');
});

test('identity is deleted after a minute', async (t) => {
  const { w, ask } = await shown(t);
  await ask(KEY);
  w.pass(60 * SECOND - 1);
  await w.service.stores.keptAnswers.purge(w.world.now());
  assert.equal((await w.db('kept_answers')).length, 1);
  w.pass(1);
  await w.service.stores.keptAnswers.purge(w.world.now());
  assert.deepEqual(await w.db('kept_answers'), []);
});

test('a scanner that fires twice has identity again', async (t) => {
  const { ask } = await shown(t);
  const first = await ask({ reference: 'parcel 7' });
  assert.deepEqual(await ask({ reference: 'parcel 7' }), { ...first, replayed: true });
});

test('a verification that is read later has no identity', async (t) => {
  const { w, terminal, ask } = await shown(t);
  const { verification } = await ask();
  const found = await w.service.verifications.find(verification.id, terminal.terminal);
  assert.deepEqual(found, verification);
  assert.equal(JSON.stringify(found).includes('Ada'), false);
});

test('neither what was kept for a replay nor any row or event has a value in the clear', async (t) => {
  const { w, ask, ticket } = await shown(t);
  await ask(KEY);
  for (const table of [
    'verifications',
    'kept_answers',
    'idempotency_keys',
    'presentation_askings',
    'audit_events',
  ]) {
    const rows = JSON.stringify(await w.db(table), (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    for (const secret of ['Ada', 'Lovelace', 'a face', FACE.slice(30), ticket]) {
      assert.equal(rows.includes(secret), false, `${secret} in ${table}`);
    }
  }
  for (const secret of ['"Ada"', 'a face', ticket])
    assert.equal((await w.bytes()).includes(secret), false, secret);
});

test('an approval of ages alone keeps nothing for a replay', async (t) => {
  const { w, ask } = await shown(t);
  await ask({ ...KEY, ask: { claims: ['age_over_18'], portrait: false } });
  assert.deepEqual(await w.db('kept_answers'), []);
});

test('a refused question keeps and tells no identity', async (t) => {
  const { w, ask } = await shown(t);
  const answer = await ask({ ...KEY, ask: { claims: ['given_name', 'birth_date'], portrait: false } });
  assert.deepEqual([answer.verification.reason, answer.claims], ['claim_not_presented', {}]);
  const again = await ask({ ...KEY, ask: { claims: ['given_name', 'birth_date'], portrait: false } });
  assert.deepEqual([again.claims, again.claimsExpired], [{}, false]);
  assert.deepEqual(await w.db('kept_answers'), []);
});

test('a portrait asked for by name is asked to be compared', async (t) => {
  const { ask } = await shown(t);
  const answer = await ask({ ask: { claims: ['portrait'], portrait: false } });
  assert.deepEqual([answer.claims, answer.verification.nextStep], [{ portrait: FACE }, 'compare_portrait']);
});

test("a test token's replay within a minute has the sample identity again", async (t) => {
  const w = await serviceWorld(t);
  const terminal = await till(w, { live: false });
  const ask = () =>
    w.service.verifications.verify(question(terminal, testToken('approved'), { ask: ASK, ...KEY }));
  const first = await ask();
  assert.equal(first.claims.given_name, 'Sam');
  assert.deepEqual(await ask(), { ...first, replayed: true });
  w.pass(60 * SECOND);
  const late = await ask();
  assert.deepEqual([late.claims, late.claimsExpired], [{ age_over_18: true }, true]);
});
