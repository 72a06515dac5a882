import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/kernel/fault.ts';
import type { Question } from '../../src/verification/question.ts';
import type { Answer } from '../../src/verification/verification.ts';
import { verifyAll } from '../../src/verification/verify.ts';
import { NO_PASSES } from '../support/passes.ts';
import {
  copies,
  oneCopy,
  present,
  question,
  type ServiceWorld,
  serviceWorld,
  type Till,
  till,
} from '../support/world.ts';

/** Asks many questions as one set. */
function askAll(w: ServiceWorld, questions: readonly Question[]) {
  const { transact, mint, config } = w.service;
  const { vocabulary, jurisdiction } = config;
  const needs = {
    transact,
    mint,
    vocabulary,
    world: w.world,
    timeZone: jurisdiction.timeZone,
    ring: () => {},
    ...NO_PASSES,
  };
  return verifyAll(needs, questions);
}

const told = (answer: Answer | Fault) =>
  answer instanceof Fault ? answer.kind : (answer.verification.reason ?? answer.verification.outcome);

async function tills(w: ServiceWorld, count: number): Promise<Till[]> {
  const all: Till[] = [];
  for (let i = 0; i < count; i++) all.push(await till(w, { name: `Shop ${i}` }));
  return all;
}

test('of 64 terminals that ask about one ticket at once exactly one is told yes, ten times', async (t) => {
  const w = await serviceWorld(t);
  const { holder } = await oneCopy(w);
  const all = await tills(w, 64);
  const { copies: made } = await copies(w, holder, 'age', 10);
  for (const copy of made) {
    const { ticket } = await present(w, copy);
    const answers = await Promise.all(
      all.map((one) => w.service.verifications.verify(question(one, ticket))),
    );
    const outcomes = answers.map(told).sort();
    assert.deepEqual(outcomes, [...Array(63).fill('already_used'), 'approved']);
  }
  const approved = (await w.events()).filter((event) => event.startsWith('verification.approved'));
  assert.equal(approved.length, 10);
  assert.equal((await w.db('verifications')).length, 640);
});

test('of 64 equal questions in one set the first is told yes', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const all = await tills(w, 64);
  const answers = await askAll(
    w,
    all.map((one) => question(one, ticket)),
  );
  assert.deepEqual(answers.map(told), ['approved', ...Array(63).fill('already_used')]);
  const ids = answers.map((answer) => (answer as Answer).verification.id);
  assert.deepEqual(ids, [...ids].sort(), 'verifications are in the order of the questions');
});

test('of two sets about the same tickets at once each ticket is approved once', async (t) => {
  const w = await serviceWorld(t);
  const { holder } = await oneCopy(w);
  const { copies: made } = await copies(w, holder, 'age', 6);
  const tickets = await Promise.all(made.map(async (copy) => (await present(w, copy)).ticket));
  const [here, there] = await tills(w, 2);
  const sets = await Promise.all([
    askAll(
      w,
      tickets.map((ticket) => question(here!, ticket)),
    ),
    askAll(
      w,
      tickets.toReversed().map((ticket) => question(there!, ticket)),
    ),
  ]);
  const outcomes = sets.flat().map(told);
  assert.equal(outcomes.filter((outcome) => outcome === 'approved').length, 6);
  assert.equal(outcomes.filter((outcome) => outcome === 'already_used').length, 6);
});

test('of two tickets of one copy in one set the first to be approved wins', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const [one, other] = [await present(w, copy), await present(w, copy, 'age_equal_or_over/21')];
  const terminal = await till(w);
  const answers = await askAll(w, [
    question(terminal, other.ticket),
    question(terminal, one.ticket),
    question(terminal, other.ticket),
  ]);
  assert.deepEqual(answers.map(told), ['approved', 'already_used', 'already_used']);
  const states = await w.db('presentations').orderBy('id').pluck('state');
  assert.deepEqual(states, ['voided', 'used']);
});

test('a refusal in a set spends nothing for those after it', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const [one, other] = [await present(w, copy), await present(w, copy)];
  const terminal = await till(w);
  const ask = { claims: ['age_over_21'], portrait: false };
  const answers = await askAll(w, [
    question(terminal, one.ticket, { ask }),
    question(terminal, other.ticket),
    question(terminal, one.ticket),
  ]);
  assert.deepEqual(answers.map(told), ['claim_not_presented', 'approved', 'already_used']);
});

test('approving a ticket voids the others of its copy, and no other copy', async (t) => {
  const w = await serviceWorld(t);
  const { copy, holder } = await oneCopy(w);
  const [second] = (await copies(w, holder, 'age')).copies;
  const [one, other, beside] = [await present(w, copy), await present(w, copy), await present(w, second!)];
  const terminal = await till(w);
  const ask = async (ticket: string) =>
    told(await w.service.verifications.verify(question(terminal, ticket)));
  assert.deepEqual(
    [await ask(one.ticket), await ask(other.ticket), await ask(beside.ticket)],
    ['approved', 'already_used', 'approved'],
  );
  const later = await present(w, copy);
  assert.equal(await ask(later.ticket), 'approved', 'showing a copy again is not refused');
});

test('two tickets of one copy at two tills at once are approved once', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const [here, there] = await tills(w, 2);
  for (let round = 0; round < 10; round++) {
    const [one, other] = [await present(w, copy), await present(w, copy)];
    const answers = await Promise.all([
      w.service.verifications.verify(question(here!, one.ticket)),
      w.service.verifications.verify(question(there!, other.ticket)),
    ]);
    assert.deepEqual(answers.map(told).sort(), ['already_used', 'approved']);
  }
});

test('a question that may not be asked takes nothing from the others of its set', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const [terminal, modest] = [await till(w), await till(w, { permitted: ['age_over_21'] })];
  const answers = await askAll(w, [
    question(modest, ticket),
    question(terminal, ticket, { ask: { policies: ['nothing'], portrait: false } }),
    question(terminal, ticket, { ask: { claims: ['age_over_17'], portrait: false } }),
    question(terminal, 'x'),
    question(terminal, ticket),
  ]);
  assert.deepEqual(answers.map(told), [
    'claim_not_permitted',
    'unknown_policy',
    'invalid_request',
    'malformed_token',
    'approved',
  ]);
  assert.equal((await w.db('verifications')).length, 2);
});

test('of two questions with one idempotency key in one set the second gets the answer of the first again', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const [terminal, other] = await tills(w, 2);
  const keyed = (one: Till, key: string) => question(one, ticket, { idempotencyKey: key });
  const answers = await askAll(w, [
    keyed(terminal!, 'a'),
    keyed(terminal!, 'a'),
    keyed(terminal!, 'b'),
    keyed(other!, 'a'),
  ]);
  assert.deepEqual(answers.map(told), ['approved', 'approved', 'already_used', 'already_used']);
  const [first, second] = answers as readonly Answer[];
  assert.deepEqual(second, { ...first, replayed: true });
  const again = await w.service.verifications.verify(keyed(terminal!, 'a'));
  assert.deepEqual([told(again), again.replayed], ['approved', true]);
});

test('a question that may not be asked leaves its idempotency key to the next one in the set', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const terminal = await till(w, { permitted: ['age_over_18'] });
  const keyed = (claims: readonly string[]) =>
    question(terminal, ticket, { idempotencyKey: 'a', ask: { claims, portrait: false } });
  const answers = await askAll(w, [keyed(['birth_date']), keyed(['age_over_18'])]);
  assert.deepEqual(answers.map(told), ['claim_not_permitted', 'approved']);
});

test('an empty set of questions has no answers', async (t) => {
  const w = await serviceWorld(t);
  assert.deepEqual(await askAll(w, []), []);
});

test('where the record fails, nothing was spent', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const terminal = await till(w);
  await w.db.raw('alter table audit_events rename to away');
  await assert.rejects(w.service.verifications.verify(question(terminal, ticket)), /audit_events/);
  await w.db.raw('alter table away rename to audit_events');
  assert.deepEqual(await w.db('verifications'), []);
  assert.equal(told(await w.service.verifications.verify(question(terminal, ticket))), 'approved');
});
