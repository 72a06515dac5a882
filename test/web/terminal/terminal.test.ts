import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testToken } from '../../../src/judgement/test-token.ts';
import { ALCOHOL, APPROVED, CANNOT, DAY, paired, START, settled, stage } from './support/stage.ts';

describe('a terminal', () => {
  test('pairs, keeps its session for as long as it holds, and takes it up again', async () => {
    const it = await paired();
    assert.equal(it.terminal.place.at, 'open');
    assert.equal(it.terminal.till.policies[0]?.id, 'alcohol');
    assert.match(it.kept() ?? '', /cp_test_secret/);
    await it.terminal.start();
    assert.equal(it.terminal.place.at, 'open');
    it.pass(30 * DAY);
    await it.terminal.start();
    assert.equal(it.terminal.place.at, 'unpaired');
  });

  test('that is used stays paired: it asks once a day until when, and keeps that', async () => {
    const it = await paired();
    const asks = () =>
      it.asked.filter(({ address }) => address === 'GET /v1/terminal-sessions/current').length;
    for (let days = 0; days < 40; days++) {
      await it.terminal.refresh();
      it.pass(DAY);
      await it.terminal.refresh();
    }
    assert.equal(asks(), 41);
    await it.terminal.start();
    it.terminal.tick();
    assert.equal(it.terminal.place.at, 'open');
  });

  test('that was unpaired while it asked until when is not paired again by the answer', async () => {
    const it = await paired();
    it.pass(DAY);
    let answer = (): void => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const usual = it.answers['GET /v1/terminal-sessions/current']!;
    it.answers['GET /v1/terminal-sessions/current'] = () => slow.then(usual);
    const refreshing = it.terminal.refresh();
    await settled();
    await it.terminal.leave();
    answer();
    await refreshing;
    assert.deepEqual([it.terminal.place.at, it.kept()], ['unpaired', null]);
  });

  for (const [code, status, words] of [
    ['invalid_request', 400, 'pair.wrong'],
    ['rate_limited', 429, 'pair.too_many'],
    ['internal_error', 500, 'pair.no_answer'],
  ] as const) {
    test(`says why it did not pair: ${code}`, async () => {
      const it = stage();
      it.answers['POST /v1/terminal-sessions'] = () => it.refused(code, status, 9);
      await it.terminal.pair('7K3M9QXA');
      const { place } = it.terminal;
      assert.equal(place.at === 'unpaired' && place.wrong?.key, words);
      assert.equal(it.kept(), null);
    });
  }

  test('says that the network is away instead of blaming the code', async () => {
    const it = stage();
    it.answers['POST /v1/terminal-sessions'] = () => ({ kind: 'lost', why: 'unreachable' });
    await it.terminal.pair('7K3M9QXA');
    const { place } = it.terminal;
    assert.equal(place.at === 'unpaired' && place.wrong?.key, 'pair.no_network');
  });

  test('knows its policies and judges by itself when it is started without a network', async () => {
    const it = await paired();
    const away = { kind: 'lost', why: 'unreachable' };
    it.answers['GET /v1/policies'] = () => away;
    const later = new Date(START.getTime() + DAY);
    const ready = { ready: true, version: 1, staleAt: later, expiresAt: later } as const;
    it.judge.verifier = { ...CANNOT, status: async () => ready };
    await it.terminal.start();
    assert.deepEqual(it.terminal.till.policies, [ALCOHOL]);
    assert.deepEqual(it.terminal.till.offline, { staleAt: later, expiresAt: later });
  });

  test('asks nothing while somebody trains at it', async () => {
    const it = await paired();
    it.terminal.practising = true;
    it.terminal.scan(testToken('approved'));
    await settled();
    assert.deepEqual(it.questions(), []);
    assert.equal(it.terminal.till.phase.at, 'ready');
  });

  test('asks with its session and the key of the scan, and shows the answer', async () => {
    const it = await paired();
    it.terminal.scan(testToken('approved'));
    await settled();
    const [question] = it.questions();
    assert.equal(question?.token, 'cp_test_secret');
    assert.deepEqual(question?.headers, { 'idempotency-key': 'key-1' });
    assert.deepEqual(question?.body, {
      token: testToken('approved'),
      ask: { policies: ['alcohol'] },
      scanned_at: START.toISOString(),
    });
    assert.equal(it.terminal.till.phase.at, 'result');
    assert.deepEqual(it.signalled, ['approved']);
  });

  test('does not ask about what is no code, or a code of the other kind', async () => {
    const it = await paired();
    it.terminal.scan('5000112637922');
    it.terminal.scan('https://shop.example/');
    await settled();
    assert.deepEqual(it.questions(), []);
    assert.deepEqual(it.signalled, ['again', 'again']);
  });

  test('asks again under the same key when nothing came back', async () => {
    const it = await paired();
    it.answers['POST /v1/verifications'] = () => ({ kind: 'lost', why: 'timeout' });
    it.terminal.scan(testToken('approved'));
    await settled();
    it.answers['POST /v1/verifications'] = () => it.answered(APPROVED, 200);
    it.pass(500);
    it.terminal.tick();
    await settled();
    assert.deepEqual(
      it.questions().map(({ headers, body }) => [headers, body]),
      Array.from({ length: 2 }, () => [it.questions()[0]?.headers, it.questions()[0]?.body]),
    );
    assert.deepEqual(it.signalled, ['approved']);
  });

  for (const [code, status, words] of [
    ['claim_not_permitted', 403, 'result.not_permitted'],
    ['unknown_policy', 422, 'result.rule_gone'],
  ] as const) {
    test(`tells the cashier of ${code}`, async () => {
      const it = await paired();
      it.answers['POST /v1/verifications'] = () => it.refused(code, status);
      it.terminal.scan(testToken('approved'));
      await settled();
      const { phase } = it.terminal.till;
      assert.equal(phase.at === 'result' && phase.result.words[0]?.key, words);
    });
  }

  for (const status of [429, 500, 503]) {
    test(`sells nothing on ${status}, and asks again`, async () => {
      const it = await paired();
      it.answers['POST /v1/verifications'] = () => it.refused('unavailable', status, 2);
      it.terminal.scan(testToken('approved'));
      await settled();
      assert.equal(it.terminal.till.phase.at, 'unanswered');
      assert.deepEqual(it.signalled, []);
    });
  }

  test('that is blocked says so, and forgets its session', async () => {
    const it = await paired();
    it.answers['POST /v1/verifications'] = () => it.refused('unauthenticated', 401);
    it.terminal.scan(testToken('approved'));
    await settled();
    assert.equal(it.terminal.place.at, 'shut_out');
    assert.equal(it.kept(), null);
  });

  test('whose session has run its time asks to be paired again', async () => {
    const it = await paired();
    it.pass(30 * DAY);
    it.terminal.tick();
    await settled();
    const { place } = it.terminal;
    assert.equal(place.at === 'unpaired' && place.ended, true);
    assert.equal(it.kept(), null);
  });

  test('notices that its clock is wrong, until it is right or somebody goes on with it', async () => {
    const it = await paired();
    const policies = it.answers['GET /v1/policies']!;
    it.answers['GET /v1/policies'] = () => ({ ...policies(), servedAt: new Date(START.getTime() - 720_000) });
    await it.terminal.refresh();
    assert.deepEqual(it.terminal.clock, { error: 719, accepted: false });
    it.terminal.acceptClock();
    await it.terminal.refresh();
    assert.deepEqual(it.terminal.clock, { error: 719, accepted: true });
    it.answers['GET /v1/policies'] = policies;
    await it.terminal.refresh();
    assert.deepEqual(it.terminal.clock, { error: null, accepted: false });
  });

  test('looks again by itself while the service is away', async () => {
    const it = await paired();
    const policies = it.answers['GET /v1/policies']!;
    it.answers['GET /v1/policies'] = () => ({ kind: 'lost', why: 'unreachable' });
    await it.terminal.refresh();
    assert.deepEqual(it.terminal.till.awaySince, START);
    it.answers['GET /v1/policies'] = policies;
    it.pass(4_001);
    it.terminal.tick();
    await settled();
    assert.equal(it.terminal.till.awaySince, null);
  });

  test('that is left ends its session at the service, and forgets it also if that is away', async () => {
    const it = await paired();
    it.answers['DELETE /v1/terminal-sessions/current'] = () => ({ kind: 'lost', why: 'unreachable' });
    await it.terminal.leave();
    assert.deepEqual(it.asked.at(-1), {
      address: 'DELETE /v1/terminal-sessions/current',
      token: 'cp_test_secret',
    });
    assert.equal(it.kept(), null);
  });

  test('that is left hears no late answer', async () => {
    const it = await paired();
    it.terminal.scan(testToken('approved'));
    await it.terminal.leave();
    await settled();
    assert.equal(it.terminal.place.at, 'unpaired');
    assert.deepEqual(it.signalled, []);
    assert.equal(it.kept(), null);
  });
});
