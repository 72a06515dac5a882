import express, { type Request as Incoming, type Response, type Router } from 'express';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Caller } from './caller.ts';
import { mayUseCookie, type OfficerCookie } from './cookie.ts';
import type { Endpoint, Handler, Reply, Request } from './endpoint.ts';
import { type Guard, verificationRequired } from './guard.ts';
import type { InFlight } from './in-flight.ts';
import { parse } from './parse.ts';
import { allowanceHeaders } from './rate-limit.ts';
import { send } from './send.ts';

/** The outer door: where endpoints are hung, and who decides who may pass. */
export interface Web {
  readonly router: Router;
  readonly guard: Guard;
  readonly mint: Mint;
  /** An address as the limits know it. */
  readonly addressKey: (address: string) => string;
  /** Aborts when the service stops. */
  readonly stopping: AbortSignal;
  readonly inFlight: InFlight;
  /** Where people reach the service, whose pages alone may use an officer's cookie. */
  readonly publicUrl: string;
  readonly officerCookie: OfficerCookie;
  /** The endpoints hung so far; the same array grows. */
  readonly served: Endpoint[];
}

/**
 * Hangs an endpoint. A request passes the guard, then the size limit, then the contract, then the handler: nothing
 * is read of a body whose sender may not send it. An endpoint without a caller rule is a bug and cannot be served.
 */
export function serve<E extends Endpoint>(web: Web, endpoint: E, handle: Handler<E>): void {
  if (Object.keys(endpoint.caller).length === 0) {
    throw new Error(`${endpoint.id} says of no caller that it may call`);
  }
  const readBody = bodyReader(endpoint);
  web.served.push(endpoint);
  const answer = async (req: Incoming, res: Response): Promise<void> => {
    res.locals.endpoint = endpoint;
    openToAll(endpoint, res);
    const caller = await admit(web, endpoint, req, res);
    await readBody(req, res);
    const gone = goneSignal(res, web.stopping);
    const reply = await handle(requestOf(endpoint, req, caller, gone));
    await send(res, endpoint, reply as Reply<Endpoint>, gone);
  };
  web.router[endpoint.method](expressPath(endpoint.path), (req, res) => web.inFlight.track(answer(req, res)));
}

/** Answers every method that a path does not know with `method_not_allowed`. Hang it after all endpoints. */
export function refuseOtherMethods(web: Web): void {
  for (const path of new Set(web.served.map((endpoint) => endpoint.path))) {
    const here = web.served.filter((endpoint) => endpoint.path === path);
    const allow = here.flatMap(({ method }) => (method === 'get' ? ['get', 'head'] : [method]));
    web.router.all(expressPath(path), (req, res) => {
      res.locals.endpoint = here[0];
      if (req.method === 'OPTIONS' && here.every((endpoint) => endpoint.cors)) return preflight(res, allow);
      throw new Fault('method_not_allowed', 'The resource does not take this method.', { allow });
    });
  }
}

function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

async function admit(web: Web, endpoint: Endpoint, req: Incoming, res: Response): Promise<Caller> {
  const { caller, allowance } = await web.guard(endpoint.caller, {
    authorization: req.headers.authorization,
    cookie: endpoint.cors ? null : web.officerCookie.read(req.headers.cookie),
    fromOurPage: mayUseCookie(cameAs(req), web.publicUrl),
    address: () => web.addressKey(req.ip ?? ''),
  });
  res.locals.caller = caller.kind;
  if (endpoint.recent && isStale(caller)) throw verificationRequired();
  res.set(allowanceHeaders(allowance));
  return caller;
}

function isStale(caller: Caller): boolean {
  return caller.kind === 'officer' && caller.session !== null && !caller.session.fresh;
}

function cameAs({ method, headers }: Incoming): Parameters<typeof mayUseCookie>[0] {
  const site = headers['sec-fetch-site'];
  return { method, site: typeof site === 'string' ? site : undefined, origin: headers.origin };
}

type BodyReader = (req: Incoming, res: Response) => Promise<void>;

function bodyReader({ body }: Endpoint): BodyReader {
  if (!body) return async () => {};
  const { media, limit } = body;
  // Bodies are small: unpacking them would save nobody anything, and broken ones would look like bugs of ours.
  const options = { limit, type: media, inflate: false };
  const read =
    media === 'application/json'
      ? express.json(options)
      : express.urlencoded({ ...options, extended: false, parameterLimit: 20 });
  return async (req, res) => {
    if (!req.is(media)) throw new Fault('unsupported_media_type', `The body has to be ${media}.`);
    await new Promise<void>((resolve, reject) => {
      read(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
  };
}

function requestOf<E extends Endpoint>(
  endpoint: E,
  req: Incoming,
  caller: Caller,
  gone: () => AbortSignal,
): Request<E> {
  return {
    caller,
    params: endpoint.params && parse(endpoint.params, req.params, 'path'),
    query: endpoint.query && parse(endpoint.query, req.query, 'query'),
    headers: endpoint.headers && parse(endpoint.headers, req.headers, 'header'),
    body: endpoint.body && parse(endpoint.body.schema, req.body, 'body'),
    get signal() {
      return gone();
    },
  } as Request<E>;
}

/** Made when it is asked for: few answers wait for anything. */
function goneSignal(res: Response, stopping: AbortSignal): () => AbortSignal {
  let made: AbortSignal | null = null;
  return () => {
    made ??= watchedSignal(res, stopping);
    return made;
  };
}

function watchedSignal(res: Response, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  if (stopping.aborted || res.destroyed) leave();
  stopping.addEventListener('abort', leave);
  res.on('close', () => {
    stopping.removeEventListener('abort', leave);
    leave();
  });
  return gone.signal;
}

function openToAll(endpoint: Endpoint, res: Response): void {
  if (endpoint.cors) res.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'ETag' });
}

function preflight(res: Response, allow: readonly string[]): void {
  res.status(204).set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': allow.map((method) => method.toUpperCase()).join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Max-Age': '86400',
  });
  res.end();
}
