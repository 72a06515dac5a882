/** What became of a ticket: who asked what, and what they were told. Followed as it happens. */

import { isJsonObject, type JsonObject, member } from '../../formats/json.ts';
import { textOf } from '../../kernel/bytes.ts';
import { type Claim, partsOf } from '../../kernel/claims.ts';
import { call, type Fetch, initOf } from './call.ts';

/** One question about a ticket. Of what was told, the names of the claims only. */
export interface Asking {
  readonly askedAt: string;
  readonly shop: { readonly id: string; readonly name: string };
  readonly asked: readonly Claim[];
  readonly outcome: 'approved' | 'refused';
  readonly reason: string | null;
  readonly told: readonly Claim[];
}

export interface Became {
  readonly state: 'waiting' | 'used' | 'voided' | 'expired';
  readonly askings: readonly Asking[];
}

/** Which upload, and the secret that opens its story. */
export interface Followed {
  readonly issuer: string;
  readonly id: string;
  readonly secret: string;
}

/** Milliseconds between two looks where the stream does not hold. */
const LOOK_AGAIN = 2_000;

/** What became of it by now; null if no answer came. */
export async function lookOnce(fetch: Fetch, { issuer, id, secret }: Followed): Promise<Became | null> {
  const answer = await call(fetch, addressOf(issuer, id), { token: secret });
  return answer?.status === 200 ? readBecame(answer.body) : null;
}

/**
 * Tells each change until nothing more can happen or the signal aborts. It reads the event stream with fetch, since
 * the secret goes in a header; where a stream breaks, it looks again every two seconds.
 */
export async function follow(
  fetch: Fetch,
  followed: Followed,
  signal: AbortSignal,
  tell: (became: Became) => void,
): Promise<void> {
  while (!signal.aborted) {
    if (await streamOnce(fetch, followed, signal, tell)) return;
    await pause(LOOK_AGAIN, signal);
    if (signal.aborted) return;
    const became = await lookOnce(fetch, followed);
    if (became !== null) tell(became);
    if (became !== null && became.state !== 'waiting') return;
  }
}

/** Whether the story came to its end. */
async function streamOnce(
  fetch: Fetch,
  { issuer, id, secret }: Followed,
  signal: AbortSignal,
  tell: (became: Became) => void,
): Promise<boolean> {
  const init = initOf({ token: secret });
  const headers = { ...init.headers, accept: 'text/event-stream' };
  let last: Became | null = null;
  try {
    const response = await fetch(addressOf(issuer, id), { ...init, headers, signal });
    if (response.status !== 200 || response.body === null) return false;
    for await (const event of eventsOf(response.body)) {
      last = readBecame(event);
      if (last !== null) tell(last);
    }
  } catch {
    // A stream that breaks is no news: the caller looks again.
  }
  return last !== null && last.state !== 'waiting';
}

/** The JSON objects of a stream of server-sent events that hold one `data` line each. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<JsonObject> {
  const reader = body.getReader();
  let bytes = new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const joined = new Uint8Array(bytes.length + value.length);
    joined.set(bytes);
    joined.set(value, bytes.length);
    const end = lastBlankLine(joined);
    for (const event of dataIn(textOf(joined.subarray(0, end)) ?? '')) yield event;
    bytes = joined.slice(end);
  }
}

const NEW_LINE = 10;

/** Where the last whole event ends: behind its blank line. */
function lastBlankLine(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at--) {
    if (bytes[at] === NEW_LINE && bytes[at - 1] === NEW_LINE) return at + 1;
  }
  return 0;
}

function dataIn(text: string): readonly JsonObject[] {
  const lines = text.split('\n').filter((line) => line.startsWith('data:'));
  return lines.flatMap((line) => {
    const value: unknown = JSON.parse(line.slice('data:'.length));
    return isJsonObject(value) ? [value] : [];
  });
}

function readBecame(body: JsonObject): Became | null {
  const state = ['waiting', 'used', 'voided', 'expired'] as const;
  const found = state.find((one) => one === member(body, 'state'));
  const askings = member(body, 'askings');
  if (found === undefined || !Array.isArray(askings)) return null;
  return { state: found, askings: askings.flatMap((one: unknown) => readAsking(one)) };
}

function readAsking(value: unknown): readonly Asking[] {
  if (!isJsonObject(value)) return [];
  const { asked_at: askedAt, retailer, asked, outcome, reason, told } = value;
  if (typeof askedAt !== 'string' || !isJsonObject(retailer) || !Array.isArray(asked)) return [];
  const { id, name } = retailer;
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  return [
    {
      askedAt,
      shop: { id, name },
      asked: claimsIn(asked),
      outcome: outcome === 'approved' ? 'approved' : 'refused',
      reason: typeof reason === 'string' ? reason : null,
      told: claimsIn(isJsonObject(told) ? Object.keys(told) : []),
    },
  ];
}

function claimsIn(names: readonly unknown[]): readonly Claim[] {
  return names.filter((name): name is Claim => typeof name === 'string' && partsOf(name) !== null);
}

function addressOf(issuer: string, id: string): string {
  return `${issuer}/v1/presentations/${encodeURIComponent(id)}`;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    signal.addEventListener('abort', over);
    if (signal.aborted) over();
  });
}
