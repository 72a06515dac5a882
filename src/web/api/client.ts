/** Calls the service from a browser. What can happen is a value: an answer, a refusal, or that nothing came back. */

import type { Address, Answered, Contract, Sent } from './contract-types.ts';
import { type Problem, problemOf } from './problem.ts';

/** Why nothing came back that this service could have said. */
export type Loss = 'unreachable' | 'timeout' | 'aborted' | 'garbled';

interface Heard {
  readonly headers: Headers;
  /** The service's own clock, to the second; null where the answer does not say. */
  readonly servedAt: Date | null;
}

/** How a call ended. After a loss the service may or may not have acted: only what is safe to repeat is repeated. */
export type Outcome<E extends Contract> =
  | ({ readonly kind: 'answered' } & Answered<E> & Heard)
  | ({
      readonly kind: 'refused';
      readonly problem: Problem;
      /** Seconds after which it is worth trying again. */
      readonly retryAfter: number | null;
    } & Heard)
  | { readonly kind: 'lost'; readonly why: Loss };

/** Calls one endpoint: `call<typeof createVerification>('POST /v1/verifications', { token, body })`. */
export type Call = <E extends Contract>(address: Address<E>, sent: Sent<E>) => Promise<Outcome<E>>;

/** Milliseconds after which an answer is no longer waited for. */
const PATIENCE = 10_000;

/** Calls the service at an origin; in a page, the page's own. No cookie goes along unless a call says so. */
export function clientOf(origin = ''): Call {
  return async (address, sent) => {
    const [method = '', path = ''] = address.split(' ');
    const ending = endOf(sent.signal, sent.timeout ?? PATIENCE);
    try {
      const answer = await fetch(origin + filled(path, sent as Parts), {
        method,
        signal: ending.signal,
        headers: headersOf(sent as Parts),
        credentials: sent.credentials ?? 'omit',
        redirect: 'error',
        ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
      });
      return await outcomeOf(answer);
    } catch {
      return { kind: 'lost', why: ending.why() };
    } finally {
      ending.forget();
    }
  };
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

/** The parts of a call with their names forgotten. */
interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly token?: string;
}

function filled(path: string, { params = {}, query = {} }: Parts): string {
  const whole = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const asked = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(asked).toString();
  return search === '' ? whole : `${whole}?${search}`;
}

function headersOf({ headers = {}, body, token }: Parts): Record<string, string> {
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

async function outcomeOf<E extends Contract>(answer: Response): Promise<Outcome<E>> {
  const text = await answer.text();
  const said = answer.headers.get('date');
  const heard: Heard = { headers: answer.headers, servedAt: said === null ? null : new Date(said) };
  const media = answer.headers.get('content-type') ?? '';
  if (answer.ok) {
    const body = /\bjson\b/.test(media) ? parsed(text) : text === '' ? { value: undefined } : { value: text };
    if (body === null) return { kind: 'lost', why: 'garbled' };
    const answered = { status: answer.status, body: body.value } as Answered<E>;
    return { kind: 'answered', ...answered, ...heard };
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
