/** A service's database for its signing keys: real tables, a clock that stands still, chance that repeats. */

import type { TestContext } from 'node:test';
import { auditStore } from '../../../src/audit/store.ts';
import { transactOn } from '../../../src/db/transaction.ts';
import { minter } from '../../../src/kernel/ids.ts';
import { Secret } from '../../../src/kernel/secret.ts';
import type { IssuerKey, KeyState, Purpose } from '../../../src/keys/issuer-key.ts';
import { keyRing } from '../../../src/keys/key-ring.ts';
import { ensureKeys } from '../../../src/keys/rotate.ts';
import { issuerKeyStore, rotationStore } from '../../../src/keys/store.ts';
import { openVault } from '../../../src/keys/vault.ts';
import { freshDatabase } from '../../support/database.ts';
import { seeded } from '../../support/random.ts';

export const NOW = new Date('2026-11-22T10:00:00Z');
export const DAY = 86_400_000;
export const URL_OF_IT = 'https://id.example';

export async function keysWorld(t: TestContext, issuerUrl = URL_OF_IT) {
  const db = await freshDatabase(t);
  let at = NOW;
  const random = seeded(20_261_122);
  const world = { now: () => at, random };
  const mint = minter(world);
  const audit = { mint, now: world.now };
  const vault = openVault(new Secret(new Uint8Array(32).fill(7)), random);
  const keys = issuerKeyStore(db);
  const needs = {
    world,
    mint,
    vault,
    issuerUrl,
    lifetimeDays: 14,
    stores: { rotation: rotationStore(db) },
    transact: transactOn(db, (tx) => ({
      keys: issuerKeyStore(tx),
      rotation: rotationStore(tx),
      audit: auditStore(tx, audit),
    })),
  };
  return {
    needs,
    keys,
    vault,
    db,
    world,
    ring: () => keyRing(keys, vault, issuerUrl),
    /** Lets time pass. */
    pass(milliseconds: number): void {
      at = new Date(at.getTime() + milliseconds);
    },
    /** What the log says of a key, the oldest first. */
    async events(subject: string): Promise<readonly string[]> {
      const { rows } = await auditStore(db, audit).page({ limit: 100, after: null });
      return rows
        .filter((event) => event.subject === subject)
        .map(({ action, actor }) => `${action} by ${actor}`)
        .reverse();
    },
  };
}

/** A world that has its keys. */
export async function keyedWorld(t: TestContext, issuerUrl = URL_OF_IT) {
  const world = await keysWorld(t, issuerUrl);
  await ensureKeys(world.needs);
  return world;
}

/** The keys of a purpose and state. */
export function of(all: readonly IssuerKey[], purpose: Purpose, state: KeyState): readonly IssuerKey[] {
  return all.filter((key) => key.purpose === purpose && key.state === state);
}

/** The one key of a purpose and state. */
export function the(all: readonly IssuerKey[], purpose: Purpose, state: KeyState): IssuerKey {
  const found = of(all, purpose, state);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`there are ${found.length} keys for ${purpose} that are ${state}`);
  }
  return found[0];
}
