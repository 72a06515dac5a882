import { bindCallers } from './compose/callers.ts';
import { openGround } from './compose/ground.ts';
import { bindIssuance } from './compose/issuance.ts';
import { bindKeys } from './compose/keys.ts';
import { bindPasses } from './compose/passes.ts';
import { bindPasskeys } from './compose/passkeys.ts';
import { bindPeople, bindWallets } from './compose/people.ts';
import {
  bindPolicies,
  bindReports,
  bindRetailers,
  bindStatistics,
  bindTerminals,
} from './compose/retailers.ts';
import { bindStaff } from './compose/staff.ts';
import { bindOffline, bindTills } from './compose/tills.ts';
import { toldSettings } from './compose/told-settings.ts';
import type { Config } from './config.ts';
import { answers } from './db/database.ts';
import { oneAtATime } from './db/hold.ts';
import type { Secret } from './kernel/secret.ts';
import type { World } from './kernel/world.ts';
import { embeddingOrigins } from './retailers/find-retailers.ts';
import { listPublisher } from './status/publish.ts';

export type Service = Awaited<ReturnType<typeof compose>>;

/**
 * Opens the database, brings it up to date, sees to the keys, and hands each room just what it needs. Whoever gets
 * the service closes it. Throws `CannotOpen` if the master key is not the one that the database was sealed under, and
 * `PackError` if the pack of policies has problems.
 */
export async function compose(config: Config, world: World, masterKey: Secret<Uint8Array>) {
  const ground = await openGround(config, world, masterKey);
  const passes = bindPasses(ground);
  return {
    config,
    toldSettings: toldSettings(config),
    now: world.now,
    mint: ground.mint,
    transact: ground.transact,
    stores: ground.stores,
    ring: ground.ring,
    passKeys: ground.passKeys,
    ...bindKeys(ground),
    publishList: listPublisher({ ...ground, ...ground.stores, ...world, signerOf: ground.ring.signerOf }),
    people: bindPeople(ground),
    wallets: bindWallets(ground),
    passes,
    passkeys: bindPasskeys(ground),
    staff: bindStaff(ground),
    reports: bindReports(ground),
    retailers: bindRetailers(ground),
    embeddingOrigins: (retailer: string) => embeddingOrigins(ground.stores, retailer),
    terminals: bindTerminals(ground),
    policies: bindPolicies(ground),
    issuance: bindIssuance(ground),
    ...bindTills(ground),
    offline: bindOffline(ground),
    statistics: bindStatistics(ground),
    identify: bindCallers(ground),
    /** Runs work of this name in one process at a time, of all that share the database. */
    oneAtATime: <Result>(name: string, work: () => Promise<Result>) => oneAtATime(ground.db, name, work),
    databaseAnswers: () => answers(ground.db),
    async close() {
      await passes.close();
      await ground.db.destroy();
    },
  };
}
