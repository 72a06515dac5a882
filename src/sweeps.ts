import { purgeEvents } from './audit/purge-events.ts';
import type { Service } from './compose.ts';
import { BATCH } from './db/purge.ts';
import type { World } from './kernel/world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Sweep {
  readonly every: number;
  readonly run: () => Promise<unknown>;
}

/** Batches that a purge takes at one turn. With a turn a minute that is more than 80 million rows a day. */
const MOST_BATCHES = 60;

/** Deletes at most so many, and answers how many it got through: fewer where nothing is left. */
type Purge = (most: number) => Promise<number>;

/** What has to go by itself, and how often it is looked for. */
export function sweepsOf(service: Service, world: World): readonly Sweep[] {
  const { stores, ring, passes, passKeys, rotateKeysWhenDue, destroyOverKeys } = service;
  const { now } = world;
  const purges = [...overPurges(service, world), ...agePurges(service, world)];
  return [
    { every: SECOND, run: () => stores.presentations.forgetClaims(now()) },
    { every: SECOND, run: () => inBatches((most) => stores.keptAnswers.purge(now(), most)) },
    ...purges.map((purge) => ({ every: MINUTE, run: () => inBatches(purge) })),
    { every: MINUTE, run: () => ring.refresh() },
    { every: MINUTE, run: rotateKeysWhenDue },
    { every: SECOND, run: () => passes.makeKeys() },
    { every: MINUTE, run: () => passKeys.refresh() },
    { every: MINUTE, run: () => stores.passKeys.destroyOver(now()) },
    { every: HOUR, run: destroyOverKeys },
  ];
}

/** What says by itself when it is over. */
function overPurges({ stores }: Service, { now }: World): readonly Purge[] {
  return [
    (most) => stores.nonces.purge(now(), most),
    (most) => stores.tokens.purge(now(), most),
    (most) => stores.tokens.purgeNotifications(now(), most),
    (most) => stores.idempotency.purge(now(), most),
    (most) => stores.terminals.purgeCodes(now(), most),
    (most) => stores.passKeys.purge(now(), most),
    (most) => stores.passQuotas.purge(now(), most),
    (most) => stores.spentPasses.purge(now(), most),
    (most) => stores.challenges.purge(now(), most),
    (most) => stores.sessions.purge(now(), most),
    (most) => stores.officers.purgeInvitations(now(), most),
  ];
}

/** What is kept for a time that is set. */
function agePurges({ config, stores, transact }: Service, { now }: World): readonly Purge[] {
  const { retention } = config;
  const ago = (time: number) => new Date(now().getTime() - time);
  return [
    (most) => stores.presentations.purge(ago(retention.presentationHours * HOUR), most),
    (most) => stores.verifications.purge(ago(retention.verificationDays * DAY), most),
    (most) => stores.offline.purge(ago(retention.verificationDays * DAY), most),
    (most) => stores.counts.purge(ago(retention.countDays * DAY), most),
    (most) => stores.reports.purge(ago(retention.reportDays * DAY), most),
    (most) => stores.offers.purge(ago(retention.offerDays * DAY), most),
    (most) => stores.terminals.purgeKeys(ago(retention.terminalKeyDays * DAY), most),
    (most) => transact(({ statuses }) => statuses.purge(ago(retention.statusDays * DAY), most)),
    ...retention.eventDays.map(
      ([kind, days]): Purge =>
        (most) =>
          purgeEvents(transact, kind, ago(days * DAY), most),
    ),
  ];
}

/**
 * Purges batch by batch, each a statement or transaction of its own, so that whoever waits for the database gets it in
 * between; and stops after a bounded number of them, so that a stop never waits long. The next turn goes on.
 */
export async function inBatches(purge: Purge, size = BATCH): Promise<number> {
  let through = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const step = await purge(size);
    through += step;
    if (step < size) break;
  }
  return through;
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
