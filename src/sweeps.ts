import type { Service } from './compose.ts';
import type { World } from './kernel/world.ts';
import { HASH_HOURS } from './presentation/presentation.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Sweep {
  readonly every: number;
  readonly run: () => Promise<unknown>;
}

/** What has to go by itself, and how often it is looked for. */
export function sweepsOf({ stores, ring, destroyOverKeys }: Service, { now }: World): readonly Sweep[] {
  return [
    { every: SECOND, run: () => stores.presentations.forgetClaims(now()) },
    { every: SECOND, run: () => stores.keptAnswers.purge(now()) },
    { every: MINUTE, run: () => stores.nonces.purge(now()) },
    { every: MINUTE, run: () => stores.tokens.purge(now()) },
    { every: MINUTE, run: () => stores.idempotency.purge(now()) },
    { every: MINUTE, run: () => stores.presentations.purge(new Date(now().getTime() - HASH_HOURS * HOUR)) },
    { every: MINUTE, run: () => ring.refresh() },
    { every: HOUR, run: destroyOverKeys },
  ];
}

/**
 * Runs each sweep now and again, one run of each at a time, until it is stopped. A sweep that fails is told of and
 * tried again at its next turn. The answer resolves when the last run has ended.
 */
export function startSweeps(sweeps: readonly Sweep[], failed: (error: unknown) => void): () => Promise<void> {
  const stops = sweeps.map(({ every, run }) => {
    let running: Promise<unknown> = Promise.resolve();
    let busy = false;
    const turn = (): void => {
      if (busy) return;
      busy = true;
      running = run()
        .catch(failed)
        .finally(() => {
          busy = false;
        });
    };
    turn();
    const timer = setInterval(turn, every);
    return async () => {
      clearInterval(timer);
      await running;
    };
  });
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
