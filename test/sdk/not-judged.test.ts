import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withCheckDigits } from '../../src/formats/digits.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import { memoryStore } from '../../src/sdk/memory-store.ts';
import { createVerifier } from '../../src/sdk/verifier.ts';
import { bundleAuthority, bundlePayload, directoryKey } from '../support/bundles.ts';
import { makePassKey } from '../support/passes.ts';
import { ALCOHOL, bundleOf, HOUR, issuer, MINUTE, offlineTill } from './support/till.ts';

const TICKET = withCheckDigits(`1${'0'.repeat(31)}`);
const otherKey = makePassKey();

describe('a till does not judge:', () => {
  const code = async (made: Promise<{ outcome: string; code?: string }>) => {
    const answer = await made;
    return answer.outcome === 'not_judged' ? answer.code : answer.outcome;
  };
  const asks: [string, string, { policies: string[] } | { claims: string[] }][] = [
    ['unknown_policy', 'a policy that the bundle does not have', { policies: ['alcohol', 'petrol'] }],
    ['claim_not_permitted', 'a policy that asks for what the shop may not', { policies: ['casino'] }],
    ['claim_not_permitted', 'a claim that the shop may not ask', { claims: ['age_over_21'] }],
    ['claim_not_permitted', 'a claim that is none', { claims: ['shoe_size'] }],
    ['offline_not_allowed', 'a policy that refuses offline', { policies: ['fireworks'] }],
    ['offline_not_allowed', 'a basket with one of that kind', { policies: ['alcohol', 'fireworks'] }],
  ];
  for (const [expected, what, ask] of asks) {
    test(`${what}: ${expected}`, async () => {
      const till = await offlineTill();
      const token = await till.code();
      assert.equal(await code(till.verifier.verify({ token, ask })), expected);
      assert.equal(await code(till.verifier.verify({ token, ask: ALCOHOL })), 'approved');
    });
  }

  test('a ticket: needs_network', async () => {
    const till = await offlineTill();
    assert.equal(await code(till.verifier.verify({ token: TICKET, ask: ALCOHOL })), 'needs_network');
  });

  test('a code of the other mode: test_mode', async () => {
    const live = await offlineTill();
    assert.equal(
      await code(live.verifier.verify({ token: testToken('approved'), ask: ALCOHOL })),
      'test_mode',
    );
    const trying = await offlineTill({ trustBundle: await bundleOf({ livemode: false }) });
    assert.equal(await code(trying.verifier.verify({ token: await live.code(), ask: ALCOHOL })), 'test_mode');
    assert.equal(await code(trying.verifier.verify({ token: TICKET, ask: ALCOHOL })), 'test_mode');
  });

  test('a bundle that is over: bundle_expired, and before that it is stale', async () => {
    const till = await offlineTill();
    till.pass(12 * HOUR - 1);
    const fine = await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
    assert.equal(fine.outcome === 'approved' && fine.stale, false);
    till.pass(1);
    const stale = await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
    assert.equal(stale.outcome !== 'not_judged' && stale.stale, true);
    till.pass(60 * HOUR - 1);
    assert.notEqual(
      await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
      'bundle_expired',
    );
    till.pass(1);
    assert.equal(
      await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
      'bundle_expired',
    );
    assert.deepEqual(await till.verifier.status(), { ready: false, code: 'bundle_expired' });
  });

  test('a bundle that is older than one seen: bundle_older', async () => {
    const store = memoryStore();
    const version = bundlePayload([]).version;
    await offlineTill({ store, trustBundle: await bundleOf({ version: version + 1 }) });
    const till = await offlineTill({ store, trustBundle: await bundleOf() });
    assert.equal(
      await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
      'bundle_older',
    );
  });

  test('a bundle that changes a key that was seen: directory_changed', async () => {
    const store = memoryStore();
    await offlineTill({ store });
    const till = await offlineTill({ store, trustBundle: await bundleOf({}, [directoryKey(otherKey)]) });
    assert.equal(
      await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
      'directory_changed',
    );
  });

  test('a clock that is before the time of the bundle: clock_behind, but for two minutes', async () => {
    const till = await offlineTill();
    till.pass(-2 * MINUTE);
    assert.equal(await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })), 'approved');
    till.pass(-1);
    assert.equal(
      await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
      'clock_behind',
    );
  });

  const strangers: [string, () => Promise<string>][] = [
    [
      'another root signed',
      async () => (await bundleAuthority()).sign(bundlePayload([directoryKey(issuer)])),
    ],
    ['says it is of another service than its leaf', () => bundleOf({ iss: 'https://other.example' })],
    ['is another document', async () => (await bundleAuthority({ typ: 'JWT' })).sign(bundlePayload([]))],
    ['is none', async () => 'a.b.c'],
    ['lacks a part', () => bundleOf({ freshness: undefined })],
  ];
  for (const [what, make] of strangers) {
    test(`a bundle that ${what}: bundle_not_trusted`, async () => {
      const till = await offlineTill({ trustBundle: await make() });
      assert.equal(
        await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
        'bundle_not_trusted',
      );
    });
  }

  test('with the bundle of another shop, or of the other mode, over a store that has one: bundle_not_trusted', async () => {
    for (const change of [{ aud: 'ret_other' }, { livemode: false }]) {
      const store = memoryStore();
      await offlineTill({ store });
      const till = await offlineTill({ store, trustBundle: await bundleOf(change) });
      assert.equal(
        await code(till.verifier.verify({ token: await till.code(), ask: ALCOHOL })),
        'bundle_not_trusted',
      );
    }
  });

  test('without a root or a bundle: bundle_not_trusted', async () => {
    const verifier = await createVerifier({ store: memoryStore() });
    assert.equal(await code(verifier.verify({ token: TICKET, ask: ALCOHOL })), 'bundle_not_trusted');
  });

  test('when the store fails: nothing is sold', async () => {
    const store = memoryStore();
    const till = await offlineTill({
      store: { ...store, spend: () => Promise.reject(new Error('the disk is full')) },
    });
    await assert.rejects(till.verifier.verify({ token: await till.code(), ask: ALCOHOL }), /disk is full/);
  });

  test('and an ask for nothing, or for both, is a bug', async () => {
    const till = await offlineTill();
    const token = await till.code();
    for (const ask of [
      { policies: [] },
      { claims: [] },
      {},
      { policies: ['alcohol'], claims: ['age_over_18'] },
    ]) {
      await assert.rejects(till.verifier.verify({ token, ask: ask as never }), TypeError);
    }
  });
});
