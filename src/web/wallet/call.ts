/** Requests of the wallet. No cookie ever goes along, and nothing says who the holder is unless a token is given. */

import { isJsonObject, type JsonObject } from '../../formats/json.ts';

/** How every request of the wallet is made. */
export interface Init {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly credentials: 'omit';
  readonly cache: 'no-store';
  readonly referrerPolicy: 'no-referrer';
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** The browser's `fetch`, or that of a test. */
export type Fetch = (url: string, init: Init) => Promise<Response>;

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** An access token, a session or an upload's secret, where the route is the holder's own. */
  readonly token?: string;
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
  /** Milliseconds after which no answer is waited for; for ever, if not given. */
  readonly patience?: number;
}

export interface Called {
  readonly status: number;
  /** The answer's JSON object; empty where there was none. */
  readonly body: JsonObject;
  /** The service's clock, from `Date`; null where it did not say. */
  readonly servedAt: Date | null;
}

/** What came back, of whatever kind. */
export interface CalledText {
  readonly status: number;
  readonly text: string;
  readonly servedAt: Date | null;
}

/** Asks, and answers what came back; null if no answer came, because there is no network or the service is away. */
export async function call(fetch: Fetch, url: string, asked: Asked = {}): Promise<Called | null> {
  const called = await callText(fetch, url, asked);
  const body = called === null ? null : jsonOf(called.text);
  return called === null || body === null ? null : { status: called.status, body, servedAt: called.servedAt };
}

/** The same for an answer that need not be JSON. */
export async function callText(fetch: Fetch, url: string, asked: Asked = {}): Promise<CalledText | null> {
  try {
    const response = await fetch(url, initOf(asked));
    return { status: response.status, text: await response.text(), servedAt: dateOf(response) };
  } catch {
    return null;
  }
}

/** How a request is made: without cookies, without a referrer, and from the network. */
export function initOf({ method = 'GET', token, json, form, patience }: Asked): Init {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (json !== undefined) headers['content-type'] = 'application/json';
  if (form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  return {
    method,
    headers,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    ...(body !== undefined && { body }),
    ...(patience !== undefined && { signal: AbortSignal.timeout(patience) }),
  };
}

/** The stable code of a refusal, of either kind; null for an answer. */
export function refusalOf({ body }: Called): string | null {
  const code = body.code ?? body.error;
  return typeof code === 'string' ? code : null;
}

function jsonOf(text: string): JsonObject | null {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return null;
  }
}

function dateOf(response: Response): Date | null {
  const date = new Date(response.headers.get('date') ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
