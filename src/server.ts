import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppNeeds, serviceApp } from './app.ts';
import { makeInFlight } from './http/in-flight.ts';
import { startSweeps, sweepsOf } from './sweeps.ts';

/** A service that listens. */
export interface Running {
  readonly port: number;
  /** Takes no more requests, finishes those in flight, and closes the database. */
  stop(): Promise<void>;
}

/** Milliseconds that requests in flight are given to end. */
const GRACE = 10_000;
/** A client gets this long to send a request, and an idle connection lives this long. */
const REQUEST_TIMEOUT = 30_000;
const KEEP_ALIVE = 65_000;

/** Listens for a service and sweeps behind it. Throws if the address is taken. */
export async function listen(needs: Omit<AppNeeds, 'stopping' | 'inFlight'>): Promise<Running> {
  const { service, world, logger } = needs;
  const stopping = new AbortController();
  const inFlight = makeInFlight();
  const app = serviceApp({ ...needs, stopping: stopping.signal, inFlight });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: KEEP_ALIVE }, app);
  const letGo = letGoOfConnections(server, stopping.signal);
  server.listen(service.config.port, service.config.host);
  await once(server, 'listening');
  const stopSweeps = startSweeps(sweepsOf(service, world), () => logger.error('a sweep failed'));

  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping.abort();
      letGo();
      await close(server);
      // Callers who hung up leave requests behind that still need the database.
      await Promise.race([inFlight.ended(), pause(GRACE, undefined, { ref: false })]);
      await stopSweeps();
      await service.close();
    },
  };
}

/**
 * Once it stops, a connection that its client would keep goes with its last answer, which says so: the client sends
 * nothing more that nobody would read, and the stop does not wait for it. What has gone out already cannot say so.
 */
function letGoOfConnections(server: Server, stopping: AbortSignal): () => void {
  const open = new Set<ServerResponse>();
  const sayLast = (res: ServerResponse): void => {
    if (!res.headersSent) res.setHeader('Connection', 'close');
  };
  server.prependListener('request', (_req, res) => {
    open.add(res);
    if (stopping.aborted) sayLast(res);
    res.once('close', () => {
      open.delete(res);
      if (stopping.aborted) server.closeIdleConnections();
    });
  });
  return () => {
    for (const res of open) sayLast(res);
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(timer);
}
