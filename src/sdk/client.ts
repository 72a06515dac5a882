/** The calls of a till, typed. It fails closed: nothing is approved but by the service, in so many words. */

import { base64url } from '../kernel/bytes.ts';
import type { FaultKind } from '../kernel/fault.ts';
import type { Random } from '../kernel/world.ts';
import { type Judged, type NotJudged, notJudged } from './answer.ts';
import type { Ask } from './read-ask.ts';
import { type Lost, type Outgoing, type Refused, type Replied, send } from './send.ts';
import { SURROUNDINGS } from './surroundings.ts';
import type { FetchedBundle, OfflineReportAnswer, Reply, SyncClient } from './sync.ts';
import { DEFAULT_PATIENCE, type Patience, tryAgain } from './try-again.ts';

export interface ClientOptions {
  /** Where the service is: `https://id.example`. */
  readonly baseUrl: string;
  /** The terminal's key. */
  readonly key: string;
  readonly random?: Random;
  /** How long a question is asked again. */
  readonly patience?: Partial<Patience>;
}

export interface OnlineQuestion {
  readonly token: string;
  readonly ask: Ask;
  readonly portrait?: boolean;
  readonly reference?: string;
  readonly scannedAt?: Date;
  /** One is made where there is none. The same question asked again with it gets the first answer. */
  readonly idempotencyKey?: string;
  /** Ends it early; the answer is then `no_answer`. */
  readonly signal?: AbortSignal;
}

export interface OnlineJudged extends Judged {
  readonly id: string;
  readonly presented_at: string | null;
  readonly receipt_url: string;
  /** Identity was told once, and is gone. */
  readonly claims_expired?: true | undefined;
}

/** `no_answer`: nothing came back in time, and the service may have judged it or not. Else the service's own code. */
export type OnlineAnswer = OnlineJudged | NotJudged<'no_answer' | FaultKind>;

export interface ListedPolicy {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly string[];
  readonly presenter: 'none' | 'portrait';
  readonly offline: 'allow' | 'refuse';
  readonly other_proof: 'allow' | 'refuse';
  readonly legal_basis: string;
  readonly discount_code?: string;
}

export interface Client extends SyncClient {
  /**
   * Asks about what was scanned, under one idempotency key however often it takes, until there is an answer or the time
   * is up. Only an outcome of `approved` is one.
   */
  verify(question: OnlineQuestion): Promise<OnlineAnswer>;
  /** The signed receipt of a verification, a JWT. */
  receipt(id: string): Promise<Reply<string>>;
  policies(): Promise<Reply<readonly ListedPolicy[]>>;
}

const KEY_LENGTH = 16;
const OK = 200;
const CREATED = 201;
const NOT_MODIFIED = 304;

/** Makes a client for one terminal. */
export function createClient({
  baseUrl,
  key,
  random = SURROUNDINGS.random,
  patience,
}: ClientOptions): Client {
  const base = baseUrl.replace(/\/+$/, '');
  const call = (method: string, path: string, more: Partial<Outgoing> = {}) =>
    send({ method, url: base + path, token: key, ...more });
  const bearing = { ...DEFAULT_PATIENCE, ...patience };
  return {
    async verify(question) {
      const headers = { 'idempotency-key': question.idempotencyKey ?? base64url(random(KEY_LENGTH)) };
      const body = bodyOf(question);
      const ask = (signal: AbortSignal) =>
        call('POST', '/v1/verifications', { headers, body, signal, timeout: bearing.each }).then(understood);
      return onlineAnswer(await tryAgain(ask, bearing, question.signal));
    },
    async root() {
      return textReply(await send({ method: 'GET', url: `${base}/certificates/root.pem` }));
    },
    async receipt(id) {
      return textReply(await call('GET', `/v1/verifications/${encodeURIComponent(id)}/receipt`));
    },
    async trustBundle(etag) {
      const headers = etag === null ? {} : { 'if-none-match': etag };
      return bundleReply(await call('GET', '/v1/trust-bundle', { headers }));
    },
    async reportOffline(body) {
      return reply(await call('POST', '/v1/offline-verifications', { body }), OK, reportIn);
    },
    async policies() {
      return reply(await call('GET', '/v1/policies'), OK, policiesIn);
    },
  };
}

function bodyOf({ token, ask, portrait, reference, scannedAt }: OnlineQuestion) {
  return {
    token,
    ask: portrait === undefined ? ask : { ...ask, portrait },
    ...(scannedAt !== undefined && { scanned_at: scannedAt.toISOString() }),
    ...(reference !== undefined && { reference }),
  };
}

/** An answer that is none of the service's counts as lost, so that it is asked again: some network's own page, say. */
function understood(came: Replied | Refused | Lost): Replied | Refused | Lost {
  if (came.kind !== 'answered') return came;
  const known = came.status === CREATED || came.status === OK;
  return known && isJudged(came.body) ? came : { kind: 'lost', why: 'garbled' };
}

function onlineAnswer(came: Replied | Refused | Lost): OnlineAnswer {
  if (came.kind === 'answered' && isJudged(came.body)) return came.body;
  if (came.kind === 'refused' && came.problem.code !== null && came.problem.status < 500) {
    return notJudged(came.problem.code);
  }
  return notJudged('no_answer');
}

function isJudged(body: unknown): body is OnlineJudged {
  return isRecord(body) && (body.outcome === 'approved' || body.outcome === 'refused');
}

function reply<Body>(
  came: Replied | Refused | Lost,
  status: number,
  read: (body: unknown) => Body | undefined,
): Reply<Body> {
  if (came.kind !== 'answered') return came;
  const body = came.status === status ? read(came.body) : undefined;
  if (body === undefined) return { kind: 'lost', why: 'garbled' };
  return { kind: 'answered', body, headers: came.headers, servedAt: came.servedAt };
}

function textReply(came: Replied | Refused | Lost): Reply<string> {
  return reply(came, OK, (body) => (typeof body === 'string' ? body : undefined));
}

function bundleReply(came: Replied | Refused | Lost): Reply<FetchedBundle> {
  if (came.kind === 'answered' && came.status === NOT_MODIFIED) return reply(came, NOT_MODIFIED, () => null);
  const etag = came.kind === 'answered' ? came.headers.get('etag') : null;
  return reply(came, OK, (jwt) => (typeof jwt === 'string' ? { jwt, etag } : undefined));
}

function reportIn(body: unknown): OfflineReportAnswer | undefined {
  if (!isRecord(body) || body.object !== 'offline_report' || !Array.isArray(body.double_spends))
    return undefined;
  const { received, double_spends, server_time } = body;
  if (typeof received !== 'number' || typeof server_time !== 'string') return undefined;
  return { received, double_spends: double_spends.filter((id) => typeof id === 'string'), server_time };
}

function policiesIn(body: unknown): readonly ListedPolicy[] | undefined {
  return isRecord(body) && Array.isArray(body.data) ? (body.data as ListedPolicy[]) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
