import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppNeeds, serviceApp } from './app.ts';
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
export async function listen(needs: Omit<AppNeeds, 'stopping'>): Promise<Running> {
  const { service, world, logger } = needs;
  const stopping = new AbortController();
  const app = serviceApp({ ...needs, stopping: stopping.signal });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: KEEP_ALIVE }, app);
  // A connection that its client would keep goes with its last answer: the stop would wait for it otherwise.
  server.on('request', (_req, res) => {
    res.once('close', () => stopping.signal.aborted && server.closeIdleConnections());
  });
  server.listen(service.config.port, service.config.host);
  await once(server, 'listening');
  const stopSweeps = startSweeps(sweepsOf(service, world), () => logger.error('a sweep failed'));

  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping.abort();
      await close(server);
      await stopSweeps();
      await service.close();
    },
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
