import { setMaxListeners } from 'node:events';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import { addressKeys } from './address-key.ts';
import { officerCookie } from './cookie.ts';
import type { Endpoint } from './endpoint.ts';
import type { Guard } from './guard.ts';
import type { InFlight } from './in-flight.ts';
import { faultOf, oauthError, problem, unavailable } from './problem.ts';
import { refuseOtherMethods, type Web } from './serve.ts';

interface Needs {
  readonly world: World;
  readonly mint: Mint;
  readonly guard: Guard;
  readonly logger: Logger;
  /** The code of what is wrong behind the service, if that is why something was thrown. */
  readonly troubleOf?: (thrown: unknown) => string | null;
  readonly answered: (endpoint: string, status: number, seconds: number) => void;
  readonly stopping: AbortSignal;
  readonly inFlight: InFlight;
  readonly trustedProxies: number;
  readonly publicUrl: string;
  /** Hangs the API's endpoints, then the pages. */
  readonly routes: (web: Web) => void;
  readonly pages: (app: Express, web: Web) => void;
}

/** The whole application: headers, endpoints, pages, and the one error handler. */
export function makeApp(needs: Needs): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', needs.trustedProxies);
  setMaxListeners(0, needs.stopping);

  app.use(nameAndLog(needs));
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: NOTHING_LOADS } }));
  app.use('/v1', (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  const router = express.Router({ caseSensitive: true, strict: true });
  const { guard, mint, stopping, inFlight, world, publicUrl } = needs;
  const web: Web = {
    ...{ router, guard, mint, stopping, inFlight, publicUrl, served: [] },
    addressKey: addressKeys(world),
    officerCookie: officerCookie(publicUrl),
  };
  needs.routes(web);
  refuseOtherMethods(web);
  app.use(router);
  needs.pages(app, web);
  app.use(() => {
    throw new Fault('not_found', 'There is nothing at this address.');
  });
  app.use(answerFaults(needs));
  return app;
}

/** For answers that are data. Pages set their own policy. */
const NOTHING_LOADS = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] };

/**
 * Gives each request an id and logs its end: endpoint by name, status and time. Addresses, query strings and bodies
 * stay out, since links and tokens may be in them.
 */
function nameAndLog({ mint, world, logger, answered }: Needs): RequestHandler {
  return (_req, res, next) => {
    const started = world.now().getTime();
    const requestId = mint('request');
    res.locals.requestId = requestId;
    res.set('Request-Id', requestId);
    res.on('finish', () => {
      const milliseconds = world.now().getTime() - started;
      const endpoint = (res.locals.endpoint as Endpoint | undefined)?.id ?? 'none';
      const caller: string = res.locals.caller ?? 'none';
      answered(endpoint, res.statusCode, milliseconds / 1000);
      logger.info({ requestId, endpoint, status: res.statusCode, milliseconds, caller }, 'answered');
    });
    next();
  };
}

function answerFaults({ logger, troubleOf = () => null }: Needs): ErrorRequestHandler {
  return (thrown, _req, res, _next) => {
    const trouble = troubleOf(thrown);
    const fault = trouble === null ? faultOf(thrown) : unavailable();
    const requestId: string = res.locals.requestId;
    if (trouble !== null) logger.warn({ requestId, trouble }, 'the database did not answer');
    if (fault.kind === 'internal_error') logger.error({ requestId, bug: describe(thrown) }, 'a bug');
    if (res.headersSent) {
      res.destroy();
      return;
    }
    const endpoint = res.locals.endpoint as Endpoint | undefined;
    const { status, media, headers, body } =
      endpoint?.errors === 'oauth' ? oauthError(fault) : problem(fault, requestId);
    res.status(status).set(headers).type(media).send(JSON.stringify(body));
  };
}

/** Where a bug is. Its message may repeat a value, so only its kind and its place are told. */
function describe(thrown: unknown): { name: string; at: readonly string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] };
  const frames = (thrown.stack ?? '').replace(thrown.message, '').split('\n');
  const at = frames.filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return { name: thrown.name, at: at.slice(0, 8).map((line) => line.trim()) };
}
