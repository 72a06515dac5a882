import type { Config } from '../config.ts';
import { type Db, openDatabase, runsSideBySide } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { transactOn } from '../db/transaction.ts';
import { isAway } from '../db/trouble.ts';
import { minter } from '../kernel/ids.ts';
import type { Secret } from '../kernel/secret.ts';
import type { World } from '../kernel/world.ts';
import { keyRing } from '../keys/key-ring.ts';
import { ensureKeys } from '../keys/rotate.ts';
import { openVault } from '../keys/vault.ts';
import { passKeyRing } from '../passes/pass-key-ring.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import { addMissingPolicies } from '../retailers/policies/add-missing-policies.ts';
import { firstPolicies } from '../retailers/policies/pack-files.ts';
import { storesOn } from '../stores.ts';

/** What the rooms stand on, once the database is open. */
export type Ground = Awaited<ReturnType<typeof openGround>>;

/**
 * Questions, uploads and keys that arrive together are looked after together: one set at a time where transactions
 * wait for each other anyway, a few beside each other where they do not.
 */
const MOST_IN_A_SET = 256;
const SETS_SIDE_BY_SIDE = 4;

/** Opens the database, brings it up to date, and sees to the keys. */
export async function openGround(config: Config, world: World, masterKey: Secret<Uint8Array>) {
  const db = openDatabase(config.databaseUrl, config.databasePool);
  try {
    await migrate(db);
    return await layGround(db, config, world, masterKey);
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

async function layGround(db: Db, config: Config, world: World, masterKey: Secret<Uint8Array>) {
  const mint = minter(world);
  const bind = { mint, now: world.now };
  const stores = storesOn(db, bind);
  const ground = {
    config,
    db,
    world,
    mint,
    stores,
    transact: transactOn(db, (tx) => storesOn(tx, bind)),
    vault: openVault(masterKey, world.random),
    issuerUrl: config.publicUrl,
    timeZone: config.jurisdiction.timeZone,
    vocabulary: config.vocabulary,
    lifetimeDays: config.credentialDays,
    rp: relyingParty(config.publicUrl),
    sessionHours: config.sessionHours,
    sets: { most: MOST_IN_A_SET, atOnce: runsSideBySide(db) ? SETS_SIDE_BY_SIDE : 1, blameless: isAway },
  };
  await ensureKeys(ground);
  const ring = await keyRing(stores.keys, ground.vault, config.publicUrl);
  // Unseals it, so that a wrong master key is found out now and not when somebody is at the till.
  ring.signer('issuer');
  const passKeys = await passKeyRing(stores.passKeys, world.now);
  const first = firstPolicies(config.policyPack, config.jurisdiction.code, config.vocabulary);
  await addMissingPolicies(ground.transact, first.policies);
  return { ...ground, ring, passKeys };
}
