import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../kernel/world.ts';

/** A process that runs this same command and shares the port. */
export interface Worker {
  readonly pid: number;
  /** Resolves when it listens. */
  readonly listening: Promise<unknown>;
  /** Resolves when it has ended, with its exit code or its signal. */
  readonly ended: Promise<string>;
  /** Asks it to finish what is in flight and end. */
  stop(): void;
}

/** The workers of a service, whoever they are at the time. */
export interface Crew {
  /** Resolves with true when all of them listen, with false when one ended before it did. */
  readonly listening: Promise<boolean>;
  /** Stops all of them, and resolves when the last has ended. */
  stop(): Promise<void>;
}

interface Needs {
  readonly fork: () => Worker;
  readonly count: number;
  readonly now: Clock;
  readonly logger: Logger;
}

/** Milliseconds before a worker that died is replaced: doubled while they die young. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;
/** Milliseconds that a worker lives which did not die young. */
const YOUTH = 60_000;

/** Starts so many workers, and another for each that ends before it was asked to. */
export function keepWorkers({ fork, count, now, logger }: Needs): Crew {
  const stopping = new AbortController();
  const alive = new Set<Worker>();
  const begin = (): Worker => {
    const worker = fork();
    alive.add(worker);
    return worker;
  };
  const keep = async (first: Worker): Promise<void> => {
    let [worker, wait] = [first, FIRST_WAIT];
    for (;;) {
      const began = now().getTime();
      const ended = await worker.ended;
      alive.delete(worker);
      if (stopping.signal.aborted) return;
      if (now().getTime() - began > YOUTH) wait = FIRST_WAIT;
      logger.error(
        { worker: worker.pid, ended, milliseconds: wait },
        'a worker died; another takes its place',
      );
      await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      wait = Math.min(2 * wait, LONGEST_WAIT);
      worker = begin();
    }
  };
  const first = Array.from({ length: count }, begin);
  const kept = Promise.all(first.map(keep));
  return {
    listening: Promise.all(first.map(started)).then(
      () => true,
      () => false,
    ),
    async stop() {
      stopping.abort();
      for (const worker of alive) worker.stop();
      await kept;
    },
  };
}

async function started({ listening, ended }: Worker): Promise<void> {
  const early = ended.then((how) => {
    throw new Error(`a worker ended (${how}) before it listened`);
  });
  await Promise.race([listening, early]);
}
