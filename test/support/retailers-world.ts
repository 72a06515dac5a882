/** A service's database with retailers in it: real tables, a clock that stands still, chance that repeats. */

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { auditStore } from '../../src/audit/store.ts';
import { transactOn } from '../../src/db/transaction.ts';
import { DEFAULT_AGES, DEFAULT_STATUSES } from '../../src/kernel/claims.ts';
import { Fault, type FaultKind } from '../../src/kernel/fault.ts';
import { type Id, minter } from '../../src/kernel/ids.ts';
import { Secret } from '../../src/kernel/secret.ts';
import type { Random } from '../../src/kernel/world.ts';
import { openVault } from '../../src/keys/vault.ts';
import { policyStore } from '../../src/retailers/policies/store.ts';
import { registerRetailer } from '../../src/retailers/register-retailer.ts';
import { retailerStore } from '../../src/retailers/store.ts';
import { addTerminal } from '../../src/retailers/terminals/add-terminal.ts';
import { terminalStore } from '../../src/retailers/terminals/store.ts';
import { freshDatabase } from './database.ts';

export const NOW = new Date('2026-11-22T10:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const OFFICER = 'adk_0000000000000000000000000a' as Id<'admin_key'>;

export async function retailersWorld(t: TestContext) {
  const db = await freshDatabase(t);
  let at = NOW;
  const random = repeatable(20_261_122);
  const world = { now: () => at, random };
  const mint = minter(world);
  const audit = { mint, now: world.now };
  return {
    db,
    world,
    mint,
    vault: openVault(new Secret(new Uint8Array(32).fill(7)), random),
    vocabulary: { ages: DEFAULT_AGES, statuses: DEFAULT_STATUSES },
    retailers: retailerStore(db),
    terminals: terminalStore(db),
    policies: policyStore(db),
    pairedDays: 30,
    guess: async (_who: string): Promise<void> => {},
    transact: transactOn(db, (tx) => ({
      retailers: retailerStore(tx),
      terminals: terminalStore(tx),
      policies: policyStore(tx),
      audit: auditStore(tx, audit),
    })),
    /** Lets time pass. */
    pass(milliseconds: number): void {
      at = new Date(at.getTime() + milliseconds);
    },
    /** What the log says of a subject, sorted as texts: within a millisecond its events have no order. */
    async events(subject: string): Promise<readonly string[]> {
      const { rows } = await auditStore(db, audit).page({ limit: 100, after: null });
      return rows
        .filter((event) => event.subject === subject)
        .map(({ action, actor }) => `${action} by ${actor}`)
        .sort();
    },
  };
}

export type RetailersWorld = Awaited<ReturnType<typeof retailersWorld>>;

/** A world with one retailer and one live terminal of it. */
export async function tillWorld(t: TestContext, { live = true } = {}) {
  const world = await retailersWorld(t);
  const retailer = await registerRetailer(
    world,
    { name: 'Corner Shop', permitted: ['age_over_18'] },
    OFFICER,
  );
  const added = await addTerminal(world, retailer.id, { name: 'Till 4', store: null, live }, OFFICER);
  return { ...world, retailer, added };
}

/** Matches the refusal of this kind and, where fields are wrong, of exactly this one and this reason. */
export function refusal(kind: FaultKind, pointer?: string, code?: string): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof Fault, String(thrown));
    assert.equal(thrown.kind, kind);
    const fields = (thrown.more.errors ?? []).map((error) => [error.pointer, error.code]);
    assert.deepEqual(fields, pointer === undefined ? [] : [[pointer, code]]);
    return true;
  };
}

/** Bytes that look random and are the same in each run (mulberry32). */
function repeatable(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return (length) => Uint8Array.from({ length }, next);
}
