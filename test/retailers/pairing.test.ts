import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Callers } from '../../src/http/caller.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { readApiKey } from '../../src/keys/api-key.ts';
import { blockTerminal } from '../../src/retailers/terminals/block-terminal.ts';
import { currentTerminal } from '../../src/retailers/terminals/current-terminal.ts';
import { identifyTerminal } from '../../src/retailers/terminals/identify-terminal.ts';
import { pairTerminal } from '../../src/retailers/terminals/pair-terminal.ts';
import { readPairingCode } from '../../src/retailers/terminals/pairing-code.ts';
import { renewPairingCode } from '../../src/retailers/terminals/renew-pairing-code.ts';
import { rotateKey } from '../../src/retailers/terminals/rotate-key.ts';
import {
  HOUR,
  MINUTE,
  NOW,
  OFFICER,
  type RetailersWorld,
  refusal,
  tillWorld,
} from '../support/retailers-world.ts';

const DAY = 24 * HOUR;

const wrongCode = refusal('invalid_request', '/pairing_code', 'wrong_code');

/** Who calls with this token now; each call is a use of it. */
function callerOf({ terminals, world }: RetailersWorld, token: string) {
  return identifyTerminal(terminals, world.now(), token);
}

async function callerBy(world: RetailersWorld, token: string): Promise<string | null> {
  return (await callerOf(world, token))?.terminal ?? null;
}

test('a pairing code is exchanged for a session that calls as the terminal', async (t) => {
  const world = await tillWorld(t);
  const session = await pairTerminal(world, world.added.pairingCode);
  assert.equal(readApiKey(session.token), 'live');
  assert.deepEqual(session.terminal, world.added.terminal);
  assert.equal(session.retailerName, 'Corner Shop');
  assert.equal(session.expiresAt.getTime(), NOW.getTime() + 30 * DAY);
  assert.equal(await callerBy(world, session.token), world.added.terminal.id);
});

test('a session ends thirty days after its last use, and not while it is used', async (t) => {
  const world = await tillWorld(t);
  const { token } = await pairTerminal(world, world.added.pairingCode);
  for (let uses = 0; uses < 3; uses++) {
    world.pass(30 * DAY - 1);
    assert.equal(await callerBy(world, token), world.added.terminal.id);
  }
  const told = await currentTerminal(world, (await callerOf(world, token)) as Callers['terminal']);
  assert.equal(told.expiresAt?.getTime(), world.world.now().getTime() + 30 * DAY);
  world.pass(30 * DAY);
  assert.equal(await callerBy(world, token), null);
});

test('once the keys of a terminal are rotated, no use makes a session last longer', async (t) => {
  const world = await tillWorld(t);
  const { token } = await pairTerminal(world, world.added.pairingCode);
  await rotateKey(world, world.added.terminal.id, OFFICER);
  world.pass(24 * HOUR - 1);
  assert.equal(await callerBy(world, token), world.added.terminal.id);
  world.pass(1);
  assert.equal(await callerBy(world, token), null);
});

test("pairing is recorded as the terminal's own act and ends no key", async (t) => {
  const world = await tillWorld(t);
  const { id } = world.added.terminal;
  await pairTerminal(world, world.added.pairingCode);
  assert.deepEqual(
    (await world.events(id)).filter((event) => event.includes('paired')),
    [`terminal.paired by ${id}`],
  );
  assert.notEqual(await identifyTerminal(world.terminals, NOW, world.added.key), null);
});

test('a test terminal gets a test session', async (t) => {
  const world = await tillWorld(t, { live: false });
  assert.equal(readApiKey((await pairTerminal(world, world.added.pairingCode)).token), 'test');
});

test('a code may be typed in any case, in groups, and with the letters that look like digits', async (t) => {
  const world = await tillWorld(t);
  const { pairingCode } = world.added;
  const lookalike = pairingCode.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase();
  const session = await pairTerminal(world, ` ${lookalike.slice(0, 4)} - ${lookalike.slice(4)} `);
  assert.equal(session.terminal.id, world.added.terminal.id);
  assert.equal(readPairingCode('o0il-1abc'), '00111ABC');
});

test('what is not eight characters of the alphabet is no code', () => {
  for (const typed of ['', '1234567', '123456789', '1234567U', '1234567é', '1234_678']) {
    assert.equal(readPairingCode(typed), null, typed);
  }
  fc.assert(
    fc.property(fc.string(), (typed) => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(readPairingCode(typed) ?? '00000000')),
  );
});

test('wrong, malformed, used, replaced and expired codes and those of blocked terminals are refused in the same words', async (t) => {
  const cases: Record<string, (world: Awaited<ReturnType<typeof tillWorld>>) => Promise<string>> = {
    wrong: async ({ added }) => added.pairingCode.replace(/.$/, (last) => (last === '7' ? '8' : '7')),
    malformed: async () => 'seven-seven',
    used: async (world) => {
      await pairTerminal(world, world.added.pairingCode);
      return world.added.pairingCode;
    },
    replaced: async (world) => {
      await renewPairingCode(world, world.added.terminal.id, OFFICER);
      return world.added.pairingCode;
    },
    expired: async (world) => {
      world.pass(10 * MINUTE);
      return world.added.pairingCode;
    },
    blocked: async (world) => {
      await blockTerminal(world, world.added.terminal.id, 'system');
      return world.added.pairingCode;
    },
    // As when the blocking commits between the making of a code and its use.
    'blocked in a race': async (world) => {
      await world.db('terminals').update({ blocked_at: NOW.getTime() });
      return world.added.pairingCode;
    },
  };
  const sentences = new Set<string>();
  for (const [name, prepare] of Object.entries(cases)) {
    const world = await tillWorld(t);
    const typed = await prepare(world);
    await assert.rejects(pairTerminal(world, typed), (thrown) => {
      assert.ok(thrown instanceof Fault, name);
      sentences.add(JSON.stringify([thrown.message, thrown.more]));
      return wrongCode(thrown);
    });
  }
  assert.equal(sentences.size, 1);
});

test('a code works up to the end of its ten minutes', async (t) => {
  const world = await tillWorld(t);
  world.pass(10 * MINUTE - 1);
  await assert.doesNotReject(pairTerminal(world, world.added.pairingCode));
});

test('a new code works in place of the one before, and codes of other terminals stay', async (t) => {
  const world = await tillWorld(t);
  const renewed = await renewPairingCode(world, world.added.terminal.id, OFFICER);
  assert.equal(renewed.expiresAt.getTime(), NOW.getTime() + 10 * MINUTE);
  const session = await pairTerminal(world, renewed.pairingCode);
  assert.equal(session.terminal.id, world.added.terminal.id);
});

test('of many exchanges of one code at once exactly one wins', async (t) => {
  const world = await tillWorld(t);
  const tries = Array.from({ length: 25 }, () => pairTerminal(world, world.added.pairingCode));
  const results = await Promise.allSettled(tries);
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const result of results) if (result.status === 'rejected') wrongCode(result.reason);
  assert.equal((await world.db('terminal_keys')).length, 2);
});

test('a taker that saw the code but did not delete it does not have it', async (t) => {
  const { db, terminals, vault, added } = await tillWorld(t);
  const mac = vault.mac('pairing code', added.pairingCode);
  const late = terminals.takeCode(mac, NOW);
  await db('pairing_codes').delete();
  assert.equal(await late, null);
});

test('every try is counted for all together before the code is looked up', async (t) => {
  const world = await tillWorld(t);
  const counted: string[] = [];
  const spent = new Fault('rate_limited', 'Too many.');
  const limited = {
    ...world,
    guess: async (who: string) => {
      if (counted.push(who) > 2) throw spent;
    },
  };
  await assert.rejects(pairTerminal(limited, 'AAAA-AAAA'), wrongCode);
  await assert.rejects(pairTerminal(limited, 'nothing'), wrongCode);
  await assert.rejects(pairTerminal(limited, world.added.pairingCode), (thrown) => thrown === spent);
  assert.equal(new Set(counted).size, 1);
  await assert.doesNotReject(pairTerminal(world, world.added.pairingCode));
});
