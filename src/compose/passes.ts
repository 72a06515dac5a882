import type { Actor } from '../audit/event.ts';
import { oneAtATime } from '../db/hold.ts';
import { directoryPublisher } from '../passes/directory.ts';
import { makeMissingKeys, missingKeys } from '../passes/make-pass-keys.ts';
import type { PassVerbs } from '../passes/routes.ts';
import { signPasses } from '../passes/sign-passes.ts';
import { signingPool } from '../passes/signing-pool.ts';
import { withdrawPassKey } from '../passes/withdraw-pass-key.ts';
import type { Ground } from './ground.ts';

/** Keys made at one turn. Each takes a sixth of a second, and a stop waits for the turn to end. */
const KEYS_AT_A_TURN = 4;

/** What the passes of a service do, and what goes on behind them. */
export interface Passes extends PassVerbs {
  /** Makes keys that are missing for the windows ahead, a few at a turn, and reads all of them again. */
  makeKeys(): Promise<void>;
  withdraw(keyId: string, actor: Actor): Promise<void>;
  close(): Promise<void>;
}

export function bindPasses(ground: Ground): Passes {
  const { config, db, passKeys, ring, world } = ground;
  const { quota, signingThreads } = config.passes;
  const pool = signingPool(signingThreads);
  const rule = { ages: ground.vocabulary.ages, leap: config.jurisdiction.leap };
  const signing = { ...ground, now: world.now, findKey: passKeys.find, pool, rule, quota };
  const plan = { ...config.passes, vocabulary: ground.vocabulary };
  const making = { ...ground, now: world.now, plan };
  const publishing = { ...ground, now: world.now, signer: () => ring.signer('document'), quota };
  return {
    directory: directoryPublisher(publishing),
    sign: (holder, request) => signPasses(signing, holder, request),
    async makeKeys() {
      const there = passKeys.all();
      if (!config.passes.on || missingKeys(plan, there, world.now()).length === 0) return;
      await oneAtATime(db, 'pass keys', async () => {
        await passKeys.refresh();
        await makeMissingKeys(making, passKeys.all(), KEYS_AT_A_TURN);
      });
      await passKeys.refresh();
    },
    async withdraw(keyId, actor) {
      await withdrawPassKey({ ...ground, now: world.now }, keyId, actor);
      await passKeys.refresh();
    },
    close: () => pool.close(),
  };
}
