/** Sends one request to the service. What can happen is a value: an answer, a refusal, or that nothing came back. */

import { type Problem, problemOf } from './problem.ts';

/** Why nothing came back that this service could have said. */
export type Loss = 'unreachable' | 'timeout' | 'aborted' | 'garbled';

export interface Heard {
  readonly headers: Headers;
  /** The service's own clock, to the second; null where the answer does not say. */
  readonly servedAt: Date | null;
}

export interface Refused extends Heard {
  readonly kind: 'refused';
  readonly problem: Problem;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | null;
}

export interface Lost {
  readonly kind: 'lost';
  readonly why: Loss;
}

export interface Replied extends Heard {
  readonly kind: 'answered';
  readonly status: number;
  /** What the JSON says, the text where it is none, undefined where there is nothing. */
  readonly body: unknown;
}

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  /** Ends the call early. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the whole answer. */
  readonly timeout?: number;
  readonly credentials?: 'omit' | 'same-origin';
}

/** Milliseconds after which an answer is no longer waited for. */
const PATIENCE = 10_000;
const NOT_MODIFIED = 304;

/** After a loss the service may or may not have acted: only what is safe to repeat is repeated. Follows no redirect. */
export async function send(request: Outgoing): Promise<Replied | Refused | Lost> {
  const ending = endOf(request.signal, request.timeout ?? PATIENCE);
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      signal: ending.signal,
      headers: headersOf(request),
      credentials: request.credentials ?? 'omit',
      redirect: 'error',
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    return await heardIn(answer);
  } catch {
    return { kind: 'lost', why: ending.why() };
  } finally {
    ending.forget();
  }
}

/** What ends a call before its answer is there: the caller, or that it took too long. */
function endOf(asked: AbortSignal | undefined, milliseconds: number) {
  const ending = new AbortController();
  let why: Loss = 'unreachable';
  const end = (reason: Loss) => () => {
    why = reason;
    ending.abort();
  };
  const abort = end('aborted');
  const timer = setTimeout(end('timeout'), milliseconds);
  asked?.addEventListener('abort', abort);
  if (asked?.aborted) abort();
  return {
    signal: ending.signal,
    why: () => why,
    forget: () => {
      clearTimeout(timer);
      asked?.removeEventListener('abort', abort);
    },
  };
}

function headersOf({ headers = {}, body, token }: Outgoing): Record<string, string> {
  const own = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    ...Object.fromEntries(own),
    Accept: 'application/json, application/problem+json',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
}

async function heardIn(answer: Response): Promise<Replied | Refused | Lost> {
  const text = await answer.text();
  const said = answer.headers.get('date');
  const heard: Heard = { headers: answer.headers, servedAt: said === null ? null : new Date(said) };
  const media = answer.headers.get('content-type') ?? '';
  if (answer.ok || answer.status === NOT_MODIFIED) {
    const body = /\bjson\b/.test(media) ? parsed(text) : text === '' ? { value: undefined } : { value: text };
    if (body === null) return { kind: 'lost', why: 'garbled' };
    return { kind: 'answered', status: answer.status, body: body.value, ...heard };
  }
  // A page of some proxy on the way is nothing that the service said.
  const body = media.startsWith('application/problem+json') ? parsed(text) : null;
  if (body === null) return { kind: 'lost', why: 'garbled' };
  const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return {
    kind: 'refused',
    problem: problemOf(answer.status, body.value),
    retryAfter: Number.isFinite(wait) ? wait : null,
    ...heard,
  };
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
