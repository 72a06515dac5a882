import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testToken } from '../../../src/judgement/test-token.ts';
import type { ToTill } from '../../../src/sdk/embed-messages.ts';
import type { Call } from '../../../src/web/api/client.ts';
import { Embedding, type TillPort } from '../../../src/web/terminal/embedding.ts';
import type { OfflineJudge } from '../../../src/web/terminal/offline.ts';
import { Terminal } from '../../../src/web/terminal/terminal.ts';

const START = new Date('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;
const TOKEN = 'cp_test_secret';
const SHOP = 'ret_1';
const CURRENT = {
  terminal: { id: 'ter_4', name: 'Till 4', live: false },
  retailer: { id: SHOP, name: 'Corner Shop' },
  store: null,
  paired: true,
  expires_at: new Date(START.getTime() + 12 * HOUR).toISOString(),
};
const APPROVED = { outcome: 'approved', reason: null, next_step: 'sell', claims: { age_over_18: true } };
const REFUSED = { outcome: 'refused', reason: 'expired', next_step: 'ask_for_new_code', claims: {} };
const ASK = { type: 'ask', id: '1', policies: ['alcohol'], reference: 'receipt 1' };

/** A terminal in a frame, whose service answers as the test says. */
function stage(judge?: Partial<OfflineJudge['verifier']>) {
  let now = START;
  const asked: { readonly address: string; readonly token?: string; readonly body?: object }[] = [];
  const answered = (body: object) => ({ kind: 'answered', body, headers: new Headers(), servedAt: now });
  const refused = (code: string) => ({
    kind: 'refused',
    problem: { status: 400, code, detail: '', requestId: null, errors: [] },
    retryAfter: null,
    servedAt: now,
  });
  const answers: Record<string, () => object> = {
    'GET /v1/terminal-sessions/current': () => answered(CURRENT),
    'GET /v1/policies': () => answered({ data: [] }),
    'POST /v1/verifications': () => answered(APPROVED),
    'DELETE /v1/terminal-sessions/current': () => answered({}),
  };
  const call = (async (address: string, sent: object) => {
    asked.push({ address, ...sent });
    return answers[address]!();
  }) as Call;
  const verifier = {
    sync: async () => ({ doubleSpends: [] }),
    status: async () => ({
      ready: judge !== undefined,
      staleAt: now,
      expiresAt: new Date(START.getTime() + HOUR),
    }),
    ...judge,
  };
  const terminal: Terminal = new Terminal({
    call,
    now: () => now,
    newKey: () => `key-${asked.length}`,
    signal: () => {},
    kept: async () => null,
    keep: async () => {},
    offline: async () => ({ verifier, client: {} }) as unknown as OfflineJudge,
    tell: (...told) => embedding.tell(...told),
  });
  const embedding = new Embedding({ terminal, call, retailer: SHOP });
  const port = () => {
    const told: ToTill[] = [];
    const it: TillPort & { told: ToTill[]; closed: boolean } = {
      told,
      closed: false,
      send: (message) => told.push(message),
      close: () => {
        it.closed = true;
      },
    };
    return it;
  };
  const says = async (data: unknown, to: TillPort) => {
    embedding.hear(data, to);
    await settled();
  };
  const pass = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds);
    terminal.tick();
  };
  return { terminal, embedding, port, says, pass, asked, answers, answered, refused };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const typesOf = (told: readonly ToTill[]) => told.map((one) => (one.type === 'ended' ? one.why : one.type));

async function opened(judge?: Partial<OfflineJudge['verifier']>) {
  const it = stage(judge);
  const port = it.port();
  await it.embedding.open(TOKEN, port);
  return { ...it, till: port };
}

const scan = (outcome: Parameters<typeof testToken>[0]) => ({ type: 'token', digits: testToken(outcome) });

describe('a terminal in the frame of a web till', () => {
  test('waits until it is opened, then says who it is', async () => {
    const it = await opened();
    assert.equal(it.terminal.place.at, 'open');
    const { id, name, live } = CURRENT.terminal;
    assert.deepEqual(it.till.told, [
      { type: 'opened', terminal: { id, name }, retailer: CURRENT.retailer, live },
    ]);
  });

  test('answers what the till asks with what the service answered, in full and under its id', async () => {
    const it = await opened();
    await it.says(ASK, it.till);
    await it.says(scan('approved'), it.till);
    const question = it.asked.find(({ address }) => address === 'POST /v1/verifications');
    const { ask, reference } = { ask: null, reference: null, ...question?.body };
    assert.deepEqual([question?.token, ask, reference], [TOKEN, { policies: ['alcohol'] }, 'receipt 1']);
    assert.deepEqual(it.till.told.slice(1), [{ type: 'result', id: '1', answer: APPROVED }]);
  });

  test('asks the same until it is approved, and then nothing until the till asks again', async () => {
    const it = await opened();
    it.answers['POST /v1/verifications'] = () => it.answered(REFUSED);
    await it.says(ASK, it.till);
    await it.says(scan('expired'), it.till);
    it.answers['POST /v1/verifications'] = () => it.answered(APPROVED);
    await it.says(scan('approved'), it.till);
    assert.equal(it.terminal.till.basket.sent, null);
    await it.says(scan('already_used'), it.till);
    assert.deepEqual(typesOf(it.till.told), ['opened', 'result', 'result']);
    assert.equal(it.asked.filter(({ address }) => address === 'POST /v1/verifications').length, 2);
  });

  test('tells no answer to a question that the till has taken back or replaced', async () => {
    for (const after of [{ type: 'clear' }, { ...ASK, id: '2' }]) {
      const it = await opened();
      let answer = (): void => {};
      it.answers['POST /v1/verifications'] = () =>
        new Promise((resolve) => {
          answer = () => resolve(it.answered(APPROVED));
        });
      await it.says(ASK, it.till);
      await it.says(scan('approved'), it.till);
      await it.says(after, it.till);
      answer();
      await settled();
      assert.equal(it.terminal.till.phase.at, 'result');
      assert.deepEqual(typesOf(it.till.told), ['opened']);
    }
  });

  test('says why a question is not answered, and nothing while it is asked again', async () => {
    const it = await opened();
    it.answers['POST /v1/verifications'] = () => it.refused('claim_not_permitted');
    await it.says(ASK, it.till);
    await it.says(scan('approved'), it.till);
    const answer = { outcome: 'not_judged', code: 'claim_not_permitted' };
    assert.deepEqual(it.till.told.at(-1), { type: 'result', id: '1', answer });
    it.answers['POST /v1/verifications'] = () => ({ kind: 'lost', why: 'unreachable' });
    await it.says(scan('expired'), it.till);
    assert.equal(it.terminal.till.phase.at, 'unanswered');
    assert.equal(it.till.told.length, 2);
  });

  test('judges by itself without a network, and says by its answer that it did', async () => {
    const answer = { ...APPROVED, stale: false };
    const it = await opened({ verify: async () => answer as never });
    it.terminal.send({ type: 'network', there: false });
    await it.says(ASK, it.till);
    await it.says(scan('approved'), it.till);
    assert.deepEqual(it.till.told.at(-1), { type: 'result', id: '1', answer });
  });

  for (const [why, code, place] of [
    ['shut_out', 'unauthenticated', 'starting'],
    ['no_answer', 'internal_error', 'starting'],
  ] as const) {
    test(`is not opened with a session that the service refuses (${code}), and says so`, async () => {
      const it = stage();
      it.answers['GET /v1/terminal-sessions/current'] = () => it.refused(code);
      const port = it.port();
      await it.embedding.open(TOKEN, port);
      assert.deepEqual([typesOf(port.told), port.closed, it.terminal.place.at], [[why], true, place]);
    });
  }

  for (const [what, current, why] of [
    ['a session of another shop', { ...CURRENT, retailer: { id: 'ret_2', name: 'Kiosk' } }, 'other_shop'],
    ['a key, which has no end', { ...CURRENT, paired: false, expires_at: null }, 'shut_out'],
  ] as const) {
    test(`is not opened with ${what}`, async () => {
      const it = stage();
      it.answers['GET /v1/terminal-sessions/current'] = () => it.answered(current);
      const port = it.port();
      await it.embedding.open(TOKEN, port);
      assert.deepEqual([typesOf(port.told), it.terminal.place.at], [[why], 'starting']);
    });
  }

  test('tells the till when its terminal was blocked, and when the session is over', async () => {
    const blocked = await opened();
    blocked.answers['GET /v1/policies'] = () => blocked.refused('unauthenticated');
    await blocked.terminal.refresh();
    assert.deepEqual(typesOf(blocked.till.told), ['opened', 'shut_out']);
    assert.equal(blocked.terminal.place.at, 'shut_out');
    const over = await opened();
    over.pass(12 * HOUR);
    await settled();
    assert.deepEqual([typesOf(over.till.told), over.till.closed], [['opened', 'over'], true]);
  });

  test('ends its session when the till closes it, and hears it no more', async () => {
    const it = await opened();
    await it.says({ type: 'close' }, it.till);
    assert.ok(it.asked.some(({ address, token }) => address.startsWith('DELETE') && token === TOKEN));
    assert.equal(it.terminal.place.at, 'unpaired');
    await it.says(ASK, it.till);
    assert.deepEqual([typesOf(it.till.told), it.terminal.till.basket.sent], [['opened'], null]);
  });

  test('hears who opened last, and not who was there before', async () => {
    const it = await opened();
    const other = it.port();
    await it.embedding.open('cp_test_other', other);
    assert.deepEqual([typesOf(it.till.told), it.till.closed], [['opened'], true]);
    await it.says(ASK, it.till);
    await it.says({ ...ASK, policies: ['tobacco'] }, other);
    assert.deepEqual(it.terminal.till.basket.sent, { policies: ['tobacco'], reference: 'receipt 1' });
  });

  test('passes over what it does not understand', async () => {
    const it = await opened();
    for (const data of [null, 'ask', { type: 'pay' }, { ...ASK, policies: [] }, [ASK]]) {
      await it.says(data, it.till);
    }
    assert.deepEqual([typesOf(it.till.told), it.terminal.till.basket.sent], [['opened'], null]);
  });
});
