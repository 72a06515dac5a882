import type { Lost, Refused, Replied } from './send.ts';

/** In milliseconds. */
export interface Patience {
  /** Until there is no answer. */
  readonly deadline: number;
  /** For each try. */
  readonly each: number;
  /** Before the next try, one after the other; the last one again and again. */
  readonly pauses: readonly number[];
}

/** Somebody stands at the till. */
export const DEFAULT_PATIENCE: Patience = { deadline: 8_000, each: 3_000, pauses: [200, 500, 1_000, 2_000] };

const TIMED_OUT: Lost = { kind: 'lost', why: 'timeout' };
const CONFLICT = 409;
const BUSY = 429;

/** Tries until there is an answer that asking again would not change, or the time is up. */
export async function tryAgain(
  attempt: (signal: AbortSignal) => Promise<Replied | Refused | Lost>,
  { deadline, pauses }: Patience,
  asked?: AbortSignal,
): Promise<Replied | Refused | Lost> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, deadline);
  asked?.addEventListener('abort', end);
  if (asked?.aborted) end();
  try {
    let came: Replied | Refused | Lost = TIMED_OUT;
    for (let tries = 0; !ending.signal.aborted; tries++) {
      came = await attempt(ending.signal);
      if (isFinal(came)) return came;
      const wait = came.kind === 'refused' ? (came.retryAfter ?? 0) * 1_000 : 0;
      await pause(Math.max(wait, pauses[tries] ?? pauses.at(-1) ?? 0), ending.signal);
    }
    return came.kind === 'lost' ? came : TIMED_OUT;
  } finally {
    clearTimeout(timer);
    asked?.removeEventListener('abort', end);
  }
}

/** A question that is still being answered is asked again as one without an answer is. */
function isFinal(came: Replied | Refused | Lost): boolean {
  if (came.kind === 'answered') return true;
  if (came.kind === 'lost') return false;
  const { status, code } = came.problem;
  return !(status >= 500 || status === BUSY || (status === CONFLICT && code === 'idempotency_in_progress'));
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    signal.addEventListener('abort', over);
  });
}
