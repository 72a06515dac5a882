import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Question } from '../../src/verification/question.ts';
import { refusal } from '../support/retailers-world.ts';
import { HOUR, oneCopy, present, question, SECOND, serviceWorld, till } from '../support/world.ts';

async function shown(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const terminal = await till(w);
  const ask = (change: Partial<Question> = {}, token: string = ticket) =>
    w.service.verifications.verify(question(change.terminal ?? terminal, token, change));
  return { w, copy, ticket, terminal, ask };
}

const KEY = { idempotencyKey: 'sale-1' };
const STRICTER = { claims: ['age_over_21'], portrait: false };

test('the same key with the same body has the first answer again', async (t) => {
  const { w, ask } = await shown(t);
  const body = { ...KEY, reference: 'till 4', scannedAt: new Date('2026-11-22T09:59:59Z') };
  const first = await ask(body);
  w.pass(HOUR);
  const again = await ask(body);
  assert.deepEqual(again, { ...first, replayed: true });
  assert.equal(again.verification.outcome, 'approved');
  assert.equal((await w.db('verifications')).length, 1);
});

test('a retried approval never becomes already used, not even when all tries come at once', async (t) => {
  const { w, ask } = await shown(t);
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(KEY)));
  const ids = new Set(answers.map(({ verification }) => verification.id));
  assert.equal(ids.size, 1);
  assert.ok(answers.every(({ verification }) => verification.outcome === 'approved'));
  assert.equal(answers.filter(({ replayed }) => !replayed).length, 1);
  assert.equal((await w.events()).filter((event) => event.startsWith('verification.')).length, 1);
});

test('a refusal is repeated too, though the ticket would be approved by now', async (t) => {
  const { ask } = await shown(t);
  const first = await ask({ ...KEY, ask: STRICTER });
  const again = await ask({ ...KEY, ask: STRICTER });
  assert.deepEqual(again, { ...first, replayed: true });
  assert.equal(again.verification.reason, 'claim_not_presented');
});

const OTHER_BODY: Record<string, [Partial<Question>, string?]> = {
  'another token': [{}, '1'],
  'another question': [{ ask: STRICTER }],
  'a portrait besides': [{ ask: { claims: ['age_over_18'], portrait: true } }],
  'a policy in place of its claim': [{ ask: { policies: ['alcohol'], portrait: false } }],
  'another reference': [{ reference: 'till 5' }],
  'no reference': [{ reference: null }],
  'another time': [{ scannedAt: new Date(0) }],
};

for (const [what, [change, token]] of Object.entries(OTHER_BODY)) {
  test(`the same key with ${what} is refused, and the first answer stays`, async (t) => {
    const { ask } = await shown(t);
    const body = { ...KEY, reference: 'till 4' };
    const first = await ask(body);
    await assert.rejects(ask({ ...body, ...change }, token), refusal('idempotency_key_reused'));
    assert.deepEqual(await ask(body), { ...first, replayed: true });
  });
}

test('the key of one terminal is no key of another', async (t) => {
  const { w, ask } = await shown(t);
  await ask(KEY);
  const answer = await ask({ ...KEY, terminal: await till(w) });
  assert.deepEqual([answer.verification.reason, answer.replayed], ['already_used', false]);
});

test('a key holds for 24 hours, and after that it is a new question, swept or not', async (t) => {
  const { w, ask } = await shown(t);
  const first = await ask(KEY);
  w.pass(24 * HOUR - 1);
  assert.equal((await ask(KEY)).verification.id, first.verification.id);
  w.pass(1);
  const next = await ask(KEY);
  assert.deepEqual([next.verification.reason, next.replayed], ['already_used', false]);
  assert.equal((await ask(KEY)).verification.id, next.verification.id);
});

test('what was refused as a fault keeps no key', async (t) => {
  const { w, ask } = await shown(t);
  const modest = await till(w, { permitted: [] });
  await assert.rejects(
    ask({ ...KEY, terminal: modest }),
    refusal('claim_not_permitted', '/ask', 'claim_not_permitted'),
  );
  const unknown = { policies: ['nothing'], portrait: false };
  await assert.rejects(
    ask({ ...KEY, ask: unknown }),
    refusal('unknown_policy', '/ask/policies/0', 'unknown_policy'),
  );
  assert.deepEqual(await w.db('idempotency_keys'), []);
  assert.equal((await ask(KEY)).verification.outcome, 'approved');
});

test('keys and tokens are kept as hashes', async (t) => {
  const { w, ask, ticket } = await shown(t);
  await ask({ idempotencyKey: 'a-key-to-look-for' });
  for (const text of ['a-key-to-look-for', ticket]) assert.equal((await w.bytes()).includes(text), false);
});

const REFERENCE = { reference: 'till 4, receipt 2231' };

test('a scanner that fires twice gets the same approval again within five seconds', async (t) => {
  const { w, ask } = await shown(t);
  const first = await ask(REFERENCE);
  w.pass(5 * SECOND);
  assert.deepEqual(await ask(REFERENCE), { ...first, replayed: true });
  assert.equal((await w.db('verifications')).length, 1);
});

test('typed with spaces, the same ticket is the same question', async (t) => {
  const { ask, ticket } = await shown(t);
  const first = await ask(REFERENCE);
  const again = await ask(REFERENCE, ticket.replace(/(\d{4})/g, '$1 '));
  assert.deepEqual(again, { ...first, replayed: true });
});

test('a repeat does not prolong the five seconds', async (t) => {
  const { w, ask } = await shown(t);
  await ask(REFERENCE);
  w.pass(4 * SECOND);
  assert.equal((await ask(REFERENCE)).replayed, true);
  w.pass(2 * SECOND);
  assert.equal((await ask(REFERENCE)).verification.reason, 'already_used');
});

/** What the next in the queue would need: a screenshot of a code that was approved a moment ago. */
const SCREENSHOT: Record<string, [first: Partial<Question>, then: Partial<Question>, after: number]> = {
  'without a reference': [{}, {}, 0],
  'with an empty reference': [{ reference: '' }, { reference: '' }, 0],
  'with another reference': [REFERENCE, { reference: 'till 4, receipt 2232' }, 0],
  'with a reference that the first scan had not': [{}, REFERENCE, 0],
  'without the reference that the first scan had': [REFERENCE, {}, 0],
  'with another question': [REFERENCE, { ...REFERENCE, ask: { policies: ['alcohol'], portrait: false } }, 0],
  'with a key of its own': [REFERENCE, { ...REFERENCE, ...KEY }, 0],
  'after five seconds': [REFERENCE, REFERENCE, 5 * SECOND + 1],
};

for (const [how, [first, then, after]] of Object.entries(SCREENSHOT)) {
  test(`a screenshot that the next in the queue shows ${how} is already used`, async (t) => {
    const { w, ask } = await shown(t);
    assert.equal((await ask(first)).verification.outcome, 'approved');
    w.pass(after);
    const answer = await ask(then);
    assert.deepEqual(
      [answer.verification.reason, answer.replayed, answer.claims],
      ['already_used', false, {}],
    );
  });
}

test('a screenshot at another till is already used, though the reference is the same', async (t) => {
  const { w, ask } = await shown(t);
  await ask(REFERENCE);
  const beside = { ...REFERENCE, terminal: await till(w) };
  assert.equal((await ask(beside)).verification.reason, 'already_used');
});

test('another ticket of the copy is already used, though question and reference are the same', async (t) => {
  const { w, copy, ask } = await shown(t);
  const other = await present(w, copy);
  await ask(REFERENCE);
  assert.equal((await ask(REFERENCE, other.ticket)).verification.reason, 'already_used');
});

test('a refusal does not repeat: it is a new question', async (t) => {
  const { w, ask } = await shown(t);
  const first = await ask({ ...REFERENCE, ask: STRICTER });
  const again = await ask({ ...REFERENCE, ask: STRICTER });
  assert.equal(again.replayed, false);
  assert.notEqual(again.verification.id, first.verification.id);
  assert.equal((await w.db('verifications')).length, 2);
});
