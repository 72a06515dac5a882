import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testToken } from '../../src/judgement/test-token.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { Question } from '../../src/verification/question.ts';
import {
  copies,
  DAY,
  enrol,
  OFFICER,
  oneCopy,
  PORTRAIT,
  person,
  present,
  question,
  SECOND,
  serviceWorld,
  till,
} from '../support/world.ts';

const claims = (...names: string[]) => ({ claims: names, portrait: false });

async function shown(t: Parameters<typeof serviceWorld>[0], ...paths: string[]) {
  const w = await serviceWorld(t);
  const { copy, person: somebody, holder } = await oneCopy(w);
  const { ticket } = await present(w, copy, ...paths);
  const terminal = await till(w);
  const ask = async (token: string = ticket, change: Partial<Question> = {}) =>
    w.service.verifications.verify(question(terminal, token, change));
  return { w, copy, person: somebody, holder, ticket, terminal, ask };
}

type Shown = Awaited<ReturnType<typeof shown>>;

test('a good ticket is approved, and the answer holds what was asked and nothing else', async (t) => {
  const { w, ask, terminal } = await shown(t, 'age_equal_or_over/18', 'age_equal_or_over/21');
  const scannedAt = new Date('2026-11-22T09:59:58Z');
  w.pass(3 * SECOND);
  const { verification, ...rest } = await ask(undefined, { scannedAt, reference: 'till 4' });
  assert.deepEqual(rest, { claims: { age_over_18: true }, claimsExpired: false, replayed: false });
  const { id, ...said } = verification;
  assert.match(id, /^ver_/);
  assert.deepEqual(said, {
    terminal: terminal.terminal,
    retailer: terminal.retailer,
    live: true,
    outcome: 'approved',
    reason: null,
    nextStep: 'sell',
    asked: { claims: ['age_over_18'], policies: null },
    proof: 'ticket',
    presentedAt: new Date('2026-11-22T10:00:00Z'),
    checkedAt: new Date('2026-11-22T10:00:03Z'),
    freshness: null,
    reference: 'till 4',
    scannedAt,
  });
});

test('an age shown answers every age it implies, and the answer names the one that was asked', async (t) => {
  const { ask } = await shown(t, 'age_equal_or_over/25');
  assert.deepEqual((await ask(undefined, { ask: claims('age_over_21') })).claims, { age_over_21: true });
});

test('a question by policies is one for the strictest of them', async (t) => {
  const { ask } = await shown(t, 'age_equal_or_over/18');
  const policies = { policies: ['alcohol', 'lottery'], portrait: false };
  const { verification, claims: told } = await ask(undefined, { ask: policies });
  assert.deepEqual(told, { age_over_18: true });
  assert.deepEqual(verification.asked, { claims: ['age_over_18'], policies: ['alcohol', 'lottery'] });
});

test('spaces and dashes in a token are ignored', async (t) => {
  const { ask, ticket } = await shown(t);
  const typed = ` ${ticket.replace(/(\d{4})/g, '$1 - ')} `;
  assert.equal((await ask(typed)).verification.outcome, 'approved');
});

const change = (w: Shown['w'], id: Shown['person']['id'], to: 'suspend' | 'revoke' | 'reinstate') =>
  w.service.people.changeState(id, { change: to, reason: 'x' }, OFFICER);

/** One thing wrong with a good question; the answer is a refusal for this reason. */
const REFUSED: Record<
  string,
  [reason: string, nextStep: string, of: (s: Shown) => Promise<string>, ask?: string]
> = {
  'a token that is no digits': ['malformed_token', 'ask_for_new_code', async () => 'https://id.example/1234'],
  'an empty token': ['malformed_token', 'ask_for_new_code', async () => ''],
  'a ticket with a digit mistyped': [
    'malformed_token',
    'ask_for_new_code',
    async ({ ticket }) => ticket.replace(/.$/, (d) => String((Number(d) + 1) % 10)),
  ],
  'a test token at a live terminal': [
    'malformed_token',
    'ask_for_new_code',
    async () => testToken('approved'),
  ],
  'a ticket that was never made': [
    'unknown_token',
    'ask_for_new_code',
    async ({ ticket }) => neighbour(ticket),
  ],
  'a ticket after its time': [
    'expired',
    'ask_for_new_code',
    async ({ w, ticket }) => {
      w.pass(58 * SECOND);
      return ticket;
    },
  ],
  'a ticket that was approved': [
    'already_used',
    'ask_for_new_code',
    async ({ ask, ticket }) => {
      await ask();
      return ticket;
    },
  ],
  'another ticket of a copy that was approved': [
    'already_used',
    'ask_for_new_code',
    async ({ w, ask, copy }) => {
      const { ticket } = await present(w, copy);
      await ask();
      return ticket;
    },
  ],
  'an age that was not shown': [
    'claim_not_presented',
    'ask_for_new_code',
    async ({ ticket }) => ticket,
    'age_over_21',
  ],
  'a status shown by an age copy': [
    'claim_not_presented',
    'ask_for_new_code',
    async ({ ticket }) => ticket,
    'status_student',
  ],
  'an age that is not reached': [
    'claim_not_satisfied',
    'ask_for_physical_id',
    async ({ w }) => {
      const { copy } = await oneCopy(w, 'age', { birthDate: '2010-01-01' as CalendarDate });
      return (await present(w, copy)).ticket;
    },
  ],
  'a copy whose person was suspended after showing it': [
    'suspended',
    'ask_for_physical_id',
    async ({ w, person: { id }, ticket }) => {
      await change(w, id, 'suspend');
      return ticket;
    },
  ],
  'a copy whose person was revoked after showing it': [
    'revoked',
    'ask_for_physical_id',
    async ({ w, person: { id }, ticket }) => {
      await change(w, id, 'revoke');
      return ticket;
    },
  ],
};

/** The next number with good check digits. */
function neighbour(ticket: string): string {
  return String(BigInt(ticket) + 97n);
}

for (const [what, [reason, nextStep, make, asked = 'age_over_18']] of Object.entries(REFUSED)) {
  test(`${what} is refused as ${reason}, tells nothing of the person and spends nothing`, async (t) => {
    const s = await shown(t);
    const token = await make(s);
    const spent = await s.w.db('presentations').whereNot({ state: 'open' });
    const answer = await s.ask(token, { ask: claims(asked) });
    assert.deepEqual([answer.verification.outcome, answer.verification.reason], ['refused', reason]);
    assert.equal(answer.verification.nextStep, nextStep);
    assert.equal(answer.verification.proof, reason === 'malformed_token' ? null : 'ticket');
    assert.deepEqual([answer.claims, answer.claimsExpired, answer.replayed], [{}, false, false]);
    assert.deepEqual(await s.w.db('presentations').whereNot({ state: 'open' }), spent);
    assert.deepEqual((await s.w.events()).slice(-1), [
      `verification.refused ${answer.verification.id} ${reason}`,
    ]);
  });
}

test('a refused ticket can still be approved', async (t) => {
  const { w, person: somebody, ask } = await shown(t);
  await ask(undefined, { ask: claims('age_over_21') });
  await change(w, somebody.id, 'suspend');
  assert.equal((await ask()).verification.reason, 'suspended');
  await change(w, somebody.id, 'reinstate');
  assert.equal((await ask()).verification.outcome, 'approved');
});

test('a ticket is good to the end of its time', async (t) => {
  const { w, ask } = await shown(t);
  w.pass(58 * SECOND - 1);
  assert.equal((await ask()).verification.outcome, 'approved');
});

test('a ticket that expired unused is expired, and one that was used is already used, long after', async (t) => {
  const { w, copy, ask, ticket } = await shown(t);
  w.pass(30 * SECOND);
  const other = await present(w, copy);
  w.pass(29 * SECOND);
  await ask(other.ticket);
  w.pass(DAY / 2);
  await w.service.stores.presentations.forgetClaims(w.world.now());
  assert.equal((await ask(other.ticket)).verification.reason, 'already_used');
  assert.notEqual((await ask(ticket)).verification.outcome, 'approved');
});

test('a status that ended at midnight is refused as revoked', async (t) => {
  const w = await serviceWorld(t);
  w.goTo('2026-11-22T23:59:30Z');
  const statuses = [{ type: 'student', until: '2026-11-22' as CalendarDate }];
  const { copy } = await oneCopy(w, 'status', { statuses });
  const [one, other] = [await present(w, copy, 'status_student'), await present(w, copy, 'status_student')];
  const terminal = await till(w);
  const ask = async (token: string) =>
    w.service.verifications.verify(question(terminal, token, { ask: claims('status_student') }));
  w.goTo('2026-11-23T00:00:00Z');
  assert.equal((await ask(other.ticket)).verification.reason, 'revoked');
  w.goTo('2026-11-22T23:59:59Z');
  assert.deepEqual((await ask(one.ticket)).claims, { status_student: true });
});

test('a portrait is answered by an identity copy only, and compared', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w, {}, PORTRAIT);
  const holder = await enrol(w, id);
  const terminal = await till(w);
  const ask = { claims: ['age_over_18'], portrait: true };
  const verify = (token: string) => w.service.verifications.verify(question(terminal, token, { ask }));
  const [age] = (await copies(w, holder, 'age')).copies;
  const [identity] = (await copies(w, holder, 'identity')).copies;
  const plain = await present(w, age!);
  assert.equal((await verify(plain.ticket)).verification.reason, 'claim_not_presented');
  const hidden = await present(w, identity!, 'age_equal_or_over/18');
  assert.equal((await verify(hidden.ticket)).verification.reason, 'claim_not_presented');
  const { ticket } = await present(w, identity!, 'age_equal_or_over/18', 'portrait');
  const { verification, claims: told } = await verify(ticket);
  assert.equal(verification.nextStep, 'compare_portrait');
  const portrait = `data:image/jpeg;base64,${Buffer.from(PORTRAIT).toString('base64')}`;
  assert.deepEqual(told, { age_over_18: true, portrait });
});
