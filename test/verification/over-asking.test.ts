import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type FaultKind } from '../../src/kernel/fault.ts';
import type { Ask } from '../../src/verification/question.ts';
import { OFFICER, oneCopy, present, question, serviceWorld, till } from '../support/world.ts';

const claims = (...names: string[]): Ask => ({ claims: names, portrait: false });
const policies = (...ids: string[]): Ask => ({ policies: ids, portrait: false });

async function shown(t: Parameters<typeof serviceWorld>[0], permitted = ['age_over_18']) {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { ticket, id, secret } = await present(w, copy);
  const terminal = await till(w, { permitted });
  const ask = (asked: Ask) => w.service.verifications.verify(question(terminal, ticket, { ask: asked }));
  return { w, terminal, ask, ticket, id, secret };
}

async function fault(promise: Promise<unknown>): Promise<[FaultKind, (readonly string[])[]]> {
  const thrown: unknown = await promise.then(
    () => null,
    (reason) => reason,
  );
  assert.ok(thrown instanceof Fault, String(thrown));
  return [thrown.kind, (thrown.more.errors ?? []).map(({ pointer, code }) => [pointer, code])];
}

const OVERASKED: [string, Ask, readonly string[]][] = [
  ['a claim', claims('age_over_21'), ['age_over_21']],
  ['a claim beside one that it may ask for', claims('age_over_18', 'family_name'), ['family_name']],
  ['several claims', claims('birth_date', 'family_name'), ['birth_date', 'family_name']],
  ['a portrait', { claims: ['age_over_18'], portrait: true }, ['portrait']],
  ['a portrait by name', claims('portrait'), ['portrait']],
  ['a policy', policies('student_discount'), ['status_student']],
  ['a policy with a portrait', policies('parcel_pickup'), ['family_name', 'given_name', 'portrait']],
  ['a policy beside one that it may ask', policies('alcohol', 'student_discount'), ['status_student']],
];

for (const [what, ask, overasked] of OVERASKED) {
  test(`a shop that asks for ${what} without permission is refused and logged, and the ticket stays`, async (t) => {
    const s = await shown(t);
    const [kind, errors] = await fault(s.ask(ask));
    assert.equal(kind, 'claim_not_permitted');
    assert.deepEqual(
      errors,
      overasked.map(() => ['/ask', 'claim_not_permitted']),
    );
    const logged = (await s.w.events()).filter((event) => event.startsWith('verification.'));
    assert.deepEqual(
      logged,
      overasked.map((claim) => `verification.overasked ${s.terminal.retailer} ${claim}`),
    );
    assert.deepEqual(await s.w.db('verifications'), []);
    assert.equal((await s.ask(claims('age_over_18'))).verification.outcome, 'approved');
  });
}

test('over-asking is logged with the terminal that did it', async (t) => {
  const { w, terminal, ask } = await shown(t);
  await fault(ask(claims('birth_date')));
  const event = await w.db('audit_events').where({ action: 'verification.overasked' }).first();
  assert.deepEqual([event.actor, event.subject], [terminal.terminal, terminal.retailer]);
});

test('over-asking is refused whatever the token, and before anything is said of it', async (t) => {
  const { w, terminal } = await shown(t);
  const ask = claims('birth_date');
  for (const token of ['', 'x', '1']) {
    const [kind] = await fault(w.service.verifications.verify(question(terminal, token, { ask })));
    assert.equal(kind, 'claim_not_permitted');
  }
});

test('an age that is permitted permits no other age, higher or lower', async (t) => {
  const { ask } = await shown(t, ['age_over_21']);
  assert.equal((await fault(ask(claims('age_over_18'))))[0], 'claim_not_permitted');
  assert.equal((await ask(claims('age_over_21'))).verification.reason, 'claim_not_presented');
});

const UNKNOWN: [string, Ask, FaultKind, string, string][] = [
  [
    'a policy that there is not',
    policies('alcohol', 'nothing'),
    'unknown_policy',
    '/ask/policies/1',
    'unknown_policy',
  ],
  [
    'a claim that there is not',
    claims('age_over_18', 'shoe_size'),
    'invalid_request',
    '/ask/claims/1',
    'unknown_claim',
  ],
  ['an age that is not attested', claims('age_over_17'), 'invalid_request', '/ask/claims/0', 'unknown_claim'],
  [
    'a status that is not attested',
    claims('status_wizard'),
    'invalid_request',
    '/ask/claims/0',
    'unknown_claim',
  ],
];

for (const [what, ask, kind, pointer, code] of UNKNOWN) {
  test(`a question about ${what} is refused at its place and uses nothing up`, async (t) => {
    const s = await shown(t);
    assert.deepEqual(await fault(s.ask(ask)), [kind, [[pointer, code]]]);
    assert.equal((await s.ask(claims('age_over_18'))).verification.outcome, 'approved');
    assert.equal(
      (await s.w.events()).some((event) => event.startsWith('verification.overasked')),
      false,
    );
  });
}

test('a policy that an officer has changed holds from the next question on', async (t) => {
  const { w, ask } = await shown(t, ['age_over_18', 'age_over_21']);
  const alcohol = (await w.service.policies.list()).find(({ id }) => id === 'alcohol')!;
  await w.service.policies.set({ ...alcohol, claims: ['age_over_21'], otherProof: 'refuse' }, OFFICER);
  const { verification } = await ask(policies('alcohol'));
  assert.deepEqual(verification.asked.claims, ['age_over_21']);
  assert.equal(verification.reason, 'claim_not_presented');
});

test('where a policy takes no other proof, nobody is sent for a physical one', async (t) => {
  const { w, ask, ticket } = await shown(t);
  const alcohol = (await w.service.policies.list()).find(({ id }) => id === 'alcohol')!;
  await w.service.policies.set({ ...alcohol, otherProof: 'refuse' }, OFFICER);
  const { person_id } = await w.db('status_entries').first();
  await w.service.people.changeState(person_id, { change: 'suspend', reason: 'x' }, OFFICER);
  const { verification } = await ask(policies('alcohol'));
  assert.deepEqual([verification.reason, verification.nextStep], ['suspended', 'refuse']);
  assert.ok(ticket);
});

test('the holder learns nothing of a question that was not let through', async (t) => {
  const { w, ask, id, secret } = await shown(t);
  await fault(ask(claims('birth_date')));
  assert.deepEqual((await w.service.presentations.whatBecame(id, secret)).askings, []);
});
