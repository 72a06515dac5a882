import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPass } from '../../src/formats/pass.ts';
import { passChecker } from '../../src/judgement/check-pass.ts';
import { judge } from '../../src/judgement/judge.ts';
import { askedByPolicies } from '../../src/judgement/policy.ts';
import { TEST_OUTCOMES, testToken } from '../../src/judgement/test-token.ts';
import { readTrustBundle } from '../../src/judgement/trust-bundle.ts';
import { memoryStore } from '../../src/sdk/memory-store.ts';
import { createVerifier } from '../../src/sdk/verifier.ts';
import { bundleAuthority, bundlePayload, directoryKey } from '../support/bundles.ts';
import { makePass, makePassKey } from '../support/passes.ts';
import { ALCOHOL, authority, bundleOf, issuer, offlineTill } from './support/till.ts';

const otherKey = makePassKey();

test('a pass is approved in the words of the verify call, once', async () => {
  const till = await offlineTill();
  const token = await till.code();
  assert.deepEqual(await till.verifier.verify({ token, ask: ALCOHOL }), {
    livemode: true,
    outcome: 'approved',
    reason: null,
    next_step: 'sell',
    claims: { age_over_18: true },
    proof: 'pass',
    checked_at: till.now().toISOString(),
    freshness: 'fresh',
    reference: null,
    stale: false,
  });
  const again = await till.verifier.verify({ token, ask: ALCOHOL });
  assert.deepEqual(again.outcome === 'refused' && [again.reason, again.claims], ['already_used', {}]);
});

test('of twenty that ask at once exactly one is told yes', async () => {
  const till = await offlineTill();
  const token = await till.code();
  const asked = Array.from({ length: 20 }, () => till.verifier.verify({ token, ask: ALCOHOL }));
  const answers = await Promise.all(asked);
  assert.equal(answers.filter(({ outcome }) => outcome === 'approved').length, 1);
  assert.equal(
    answers.filter((one) => one.outcome === 'refused' && one.reason === 'already_used').length,
    19,
  );
});

test('two tabs over one store approve a pass once between them', async () => {
  const store = memoryStore();
  const [one, two] = [await offlineTill({ store }), await offlineTill({ store })];
  const token = await one.code();
  const answers = await Promise.all(
    [one, two].map(({ verifier }) => verifier.verify({ token, ask: ALCOHOL })),
  );
  assert.deepEqual(answers.map(({ outcome }) => outcome).sort(), ['approved', 'refused']);
});

test('the same pass shown anew is the same pass', async () => {
  const till = await offlineTill();
  const held = await makePass(issuer);
  await till.verifier.verify({ token: await held.show(till.now()), ask: ALCOHOL });
  till.pass(20_000);
  const second = await till.verifier.verify({ token: await held.show(till.now()), ask: ALCOHOL });
  assert.equal(second.outcome === 'refused' && second.reason, 'already_used');
});

test('a refused pass is not spent: asked about what it proves, it is approved', async () => {
  const till = await offlineTill();
  const token = await till.code();
  const student = await till.verifier.verify({ token, ask: { policies: ['student'] } });
  assert.equal(student.outcome === 'refused' && student.reason, 'claim_not_presented');
  assert.equal((await till.verifier.verify({ token, ask: ALCOHOL })).outcome, 'approved');
});

test('a scanner that fires twice hears the same approval, with a reference and within five seconds', async () => {
  const till = await offlineTill();
  const question = { token: await till.code(), ask: ALCOHOL, reference: 'till 4' };
  const first = await till.verifier.verify(question);
  till.pass(4_000);
  assert.deepEqual(await till.verifier.verify(question), first);
  assert.equal((await till.verifier.verify({ ...question, reference: 'till 5' })).outcome, 'refused');
  till.pass(2_000);
  assert.equal((await till.verifier.verify(question)).outcome, 'refused');
});

describe('a pass is judged as the service judges it:', () => {
  const ago = (date: Date, seconds: number) => new Date(date.getTime() - seconds * 1_000);
  const cases: [string, string, (till: Awaited<ReturnType<typeof offlineTill>>) => Promise<string>][] = [
    [
      'unknown_issuer',
      'a key that no bundle lists',
      async ({ now }) => (await makePass(makePassKey())).show(now()),
    ],
    ['bad_signature', 'a bit flipped', async ({ code }) => `2${BigInt((await code()).slice(1)) ^ 1n}`],
    ['expired', 'shown too long ago', async ({ now }) => (await makePass(issuer)).show(ago(now(), 100))],
    [
      'not_yet_valid',
      'shown in time to come',
      async ({ now }) => (await makePass(issuer)).show(ago(now(), -71)),
    ],
    [
      'claim_not_presented',
      'a pass of another claim',
      async ({ now }) => (await makePass(otherKey)).show(now()),
    ],
    ['malformed_token', 'digits that are cut short', async ({ code }) => (await code()).slice(0, -1)],
  ];
  for (const [reason, what, make] of cases) {
    test(`${what} is ${reason}`, async () => {
      const keys = [directoryKey(issuer), directoryKey(otherKey, 'status_student')];
      const jwt = await bundleOf({}, keys);
      const till = await offlineTill({ trustBundle: jwt });
      const token = await make(till);
      const offline = await till.verifier.verify({ token, ask: ALCOHOL });
      assert.equal(offline.outcome === 'refused' && offline.reason, reason);
      const pass = readPass(token);
      const bundle = readTrustBundle(JSON.parse(JSON.stringify(bundlePayload(keys))))!;
      const check = passChecker((id) => keys.find(({ keyId }) => keyId === id) ?? null);
      const asked = askedByPolicies(bundle.policies.slice(0, 1), false);
      const shown = pass && ({ ...(await check(pass)).shown, state: 'open' } as const);
      const verdict = judge(shown ?? { kind: 'malformed' }, asked, till.now());
      assert.equal(verdict.outcome === 'refused' && verdict.reason, reason);
    });
  }

  test('a withdrawn key vouches for nothing', async () => {
    const trustBundle = await bundleOf({}, [{ ...directoryKey(issuer), withdrawnAt: new Date(0) }]);
    const till = await offlineTill({ trustBundle });
    const answer = await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
    assert.equal(answer.outcome === 'refused' && answer.reason, 'unknown_issuer');
  });

  test('a higher age answers a lower one, and a discount code comes with its approval', async () => {
    const keys = [directoryKey(issuer, 'age_over_21'), directoryKey(otherKey, 'status_student')];
    const till = await offlineTill({ trustBundle: await bundleOf({}, keys) });
    const old = await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
    assert.deepEqual(old.outcome === 'approved' && old.claims, { age_over_18: true });
    const token = await (await makePass(otherKey)).show(till.now());
    const student = await till.verifier.verify({ token, ask: { policies: ['student'] } });
    assert.deepEqual(student.outcome === 'approved' && student.discount_codes, ['STUDENT10']);
  });

  test('a refusal leaves the next step to the policy, and a portrait needs a ticket', async () => {
    const till = await offlineTill();
    const answer = await till.verifier.verify({ token: await till.code(), ask: { policies: ['knives'] } });
    assert.equal(answer.outcome === 'refused' && answer.reason, 'claim_not_presented');
    const asked = { token: await till.code(), ask: { claims: ['age_over_18'] }, portrait: true };
    assert.equal((await till.verifier.verify(asked)).outcome, 'refused');
  });
});

test('a bundle with any bit flipped is refused', async () => {
  // Without keys it is short enough to try each bit of it.
  const jwt = await bundleOf({ policies: [], pass_keys: [] });
  const bytes = Buffer.from(jwt);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const verifier = await createVerifier({
      store: memoryStore(),
      root: authority.root,
      trustBundle: flipped.toString('latin1'),
    });
    const status = await verifier.status();
    assert.equal(status.ready === false && status.code, 'bundle_not_trusted', `bit ${bit}`);
  }
});

test('a test terminal judges test codes, each by what it stands for, and has nothing to report', async () => {
  const till = await offlineTill({ trustBundle: await bundleOf({ livemode: false }) });
  for (const outcome of TEST_OUTCOMES) {
    const answer = await till.verifier.verify({ token: testToken(outcome), ask: ALCOHOL });
    assert.ok(answer.outcome !== 'not_judged');
    assert.deepEqual([answer.reason ?? 'approved', answer.livemode], [outcome, false]);
  }
  assert.deepEqual(await till.store.waiting(10), []);
});

test('the root that was pinned first holds', async () => {
  const store = memoryStore();
  await offlineTill({ store });
  const other = await bundleAuthority();
  const trustBundle = await other.sign(bundlePayload([directoryKey(issuer)]));
  const till = await offlineTill({ store, root: other.root, trustBundle });
  assert.deepEqual(await till.verifier.status(), { ready: false, code: 'bundle_not_trusted' });
});

test('what was seen and spent outlives a restart', async () => {
  const store = memoryStore();
  const before = await offlineTill({ store });
  const token = await before.code();
  await before.verifier.verify({ token, ask: ALCOHOL });
  const verifier = await createVerifier({ store, now: before.now });
  const again = await verifier.verify({ token, ask: ALCOHOL });
  assert.equal(again.outcome === 'refused' && again.reason, 'already_used');
});

test('what is kept of a pass is its mark: no token and nothing of a person', async () => {
  const till = await offlineTill();
  const held = await makePass(issuer);
  const token = await held.show(till.now());
  await till.verifier.verify({ token, ask: ALCOHOL, reference: 'Ada 2231' });
  const [waiting] = await till.store.waiting(10);
  assert.deepEqual(Object.keys(waiting ?? {}).sort(), [
    'bundle_version',
    'checked_at',
    'device_key_hash',
    'id',
    'key_id',
    'outcome',
    'reason',
  ]);
  assert.match(waiting?.id ?? '', /^[A-Za-z0-9_-]{22}$/);
  assert.doesNotMatch(JSON.stringify(waiting), /Ada 2231/);
});
