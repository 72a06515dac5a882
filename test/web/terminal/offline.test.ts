import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withCheckDigits } from '../../../src/formats/digits.ts';
import type { Call } from '../../../src/web/api/client.ts';
import { awayWords, type OfflineJudge } from '../../../src/web/terminal/offline.ts';
import type { Tone } from '../../../src/web/terminal/result.ts';
import { Terminal } from '../../../src/web/terminal/terminal.ts';
import { bundleOf, fakeService, HOUR, offlineTill } from '../../sdk/support/till.ts';
import { BUNDLE_NOW } from '../../support/bundles.ts';

const TICKET = withCheckDigits(`1${'0'.repeat(31)}`);
const PAIRED = {
  terminal_id: 'ter_4',
  terminal_name: 'Till 4',
  retailer_name: 'Shop',
  live: true,
  token: 't',
};
const POLICIES = ['alcohol', 'fireworks', 'casino'].map((id) => ({
  id,
  title: id,
  claims: [],
  presenter: 'none',
}));

/** A paired terminal with the SDK over a store of its own, and a network that the test cuts. */
async function terminalWithSdk(broken = false) {
  const till = await offlineTill();
  const service = fakeService(till, () => bundleOf());
  let network = true;
  let keys = 0;
  const asked: string[] = [];
  const signalled: Tone[] = [];
  const expires_at = new Date(BUNDLE_NOW.getTime() + 200 * HOUR).toISOString();
  const bodies: Record<string, object> = {
    'POST /v1/terminal-sessions': { ...PAIRED, expires_at },
    'GET /v1/terminal-sessions/current': { expires_at },
    'GET /v1/policies': { data: POLICIES },
    'POST /v1/verifications': {
      outcome: 'approved',
      reason: null,
      next_step: 'sell',
      claims: { age_over_18: true },
    },
  };
  const call = async (address: string) => {
    asked.push(address);
    if (!network) return { kind: 'lost', why: 'unreachable' };
    return {
      kind: 'answered',
      status: 200,
      body: bodies[address],
      headers: new Headers(),
      servedAt: till.now(),
    };
  };
  const judge: OfflineJudge = { verifier: till.verifier, client: service.client };
  const terminal = new Terminal({
    call: call as Call,
    now: till.now,
    newKey: () => `key-${++keys}`,
    signal: (tone) => signalled.push(tone),
    kept: async () => null,
    keep: async () => {},
    offline: async () => {
      if (broken) throw new Error('this browser keeps nothing');
      return judge;
    },
  });
  await terminal.pair('7K3M9QXA');
  terminal.told('#ask=alcohol');
  return {
    ...till,
    terminal,
    service,
    signalled,
    questions: () => asked.filter((address) => address === 'POST /v1/verifications').length,
    cut: () => {
      network = false;
      for (const name of ['trustBundle', 'reportOffline'] as const) service.fails.add(name);
    },
    mend: () => {
      network = true;
      service.fails.clear();
    },
    /** Scans, and answers what is shown then. */
    async scan(token: string) {
      terminal.scan(token);
      for (
        let turns = 0;
        ['checking', 'judging'].includes(terminal.till.phase.at) && turns < 1_000;
        turns++
      ) {
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      const { phase } = terminal.till;
      return phase.at === 'result' ? [phase.result.tone, phase.result.words[0]?.key] : phase.at;
    },
  };
}

describe('a terminal without a network', () => {
  test('asks the service first, and judges here once that is known to be lost', async () => {
    const it = await terminalWithSdk();
    it.cut();
    assert.deepEqual(await it.scan(await it.code()), ['approved', 'claim.age']);
    assert.equal(it.questions(), 1);
    assert.deepEqual(it.terminal.till.awaySince, it.now());
    assert.deepEqual(await it.scan(await it.code()), ['approved', 'claim.age']);
    assert.equal(it.questions(), 1, 'a service that is known to be away is not asked');
    assert.deepEqual(it.signalled, ['approved', 'approved']);
  });

  test('approves a pass once', async () => {
    const it = await terminalWithSdk();
    it.cut();
    const token = await it.code();
    await it.scan(token);
    it.pass(5_000);
    assert.deepEqual(await it.scan(token), ['again', 'result.scanned']);
  });

  test('remembers after a restart of the page what was approved before it', async () => {
    const it = await terminalWithSdk();
    it.cut();
    const token = await it.code();
    await it.verifier.verify({ token, ask: { policies: ['alcohol'] } });
    assert.deepEqual(await it.scan(token), ['refused', 'result.used']);
  });

  test('says of a ticket, and of a rule that is not for offline, that it needs a network', async () => {
    const it = await terminalWithSdk();
    it.cut();
    await it.terminal.refresh();
    assert.deepEqual(await it.scan(TICKET), ['again', 'result.needs_network']);
    it.terminal.told('#ask=fireworks');
    assert.deepEqual(await it.scan(await it.code()), ['again', 'result.needs_network']);
    it.terminal.told('#ask=casino');
    assert.deepEqual(await it.scan(await it.code()), ['again', 'result.not_permitted']);
    assert.equal(it.questions(), 0);
  });

  test('goes on asking about a ticket that the service may have answered', async () => {
    const it = await terminalWithSdk();
    it.cut();
    assert.equal(await it.scan(TICKET), 'unanswered');
    it.mend();
    it.pass(500);
    it.terminal.tick();
    await new Promise<void>((resolve) => setImmediate(resolve));
    assert.deepEqual(it.signalled, ['approved']);
    assert.equal(it.questions(), 2);
  });

  test('sells nothing once its bundle is over', async () => {
    const it = await terminalWithSdk();
    it.cut();
    it.pass(72 * HOUR);
    assert.equal(await it.scan(await it.code()), 'unanswered');
    assert.deepEqual(it.signalled, []);
  });

  test('sells nothing in a browser that keeps nothing', async () => {
    const it = await terminalWithSdk(true);
    assert.equal(it.terminal.till.offline, null);
    it.cut();
    assert.equal(await it.scan(await it.code()), 'unanswered');
    assert.deepEqual(it.signalled, []);
  });

  test('reports when the network is back, and tells how many codes were used twice until it is read', async () => {
    const it = await terminalWithSdk();
    it.cut();
    await it.scan(await it.code());
    const [waiting] = await it.store.waiting(1);
    it.service.spentElsewhere.add(waiting?.device_key_hash ?? '');
    it.mend();
    // The network's return and the next look at the clock may come at once: it is told once all the same.
    await Promise.all([it.terminal.refresh(), it.terminal.refresh()]);
    assert.deepEqual(await it.store.waiting(1), []);
    assert.equal(it.terminal.till.awaySince, null);
    assert.equal(it.terminal.till.spentTwice, 1);
    it.terminal.send({ type: 'read_notice' });
    assert.equal(it.terminal.till.spentTwice, 0);
  });
});

test('the band says since when, and how long offline checks still hold', () => {
  const hours = (count: number) => new Date(BUNDLE_NOW.getTime() + count * HOUR);
  const ready = { staleAt: hours(12), expiresAt: hours(72) };
  const words = (now: Date, own: typeof ready | null = ready) => awayWords(BUNDLE_NOW, own, now);
  assert.deepEqual(words(hours(1)), { key: 'band.offline', values: { time: BUNDLE_NOW, count: 71 } });
  assert.deepEqual(words(hours(12)), { key: 'band.offline_stale', values: { time: BUNDLE_NOW, count: 60 } });
  assert.equal(words(hours(71.5)).key, 'band.offline_ends');
  assert.equal(words(hours(72)).key, 'band.away');
  assert.equal(words(hours(1), null).key, 'band.away');
});
