import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Config } from '../../config.ts';
import { contentPolicy } from '../../http/content-policy.ts';
import type { Id } from '../../kernel/ids.ts';
import type { WebOrigin } from '../../kernel/web-origin.ts';
import type { Door } from '../door.ts';

/** Ports that are tried after the service's own, unless one is named. */
const TRIES = 10;
/** Milliseconds that the service has to begin a session. */
const PATIENCE = 5_000;

/** A web till of the sandbox that listens. */
export interface WebTill {
  readonly origin: WebOrigin;
  stop(): Promise<void>;
}

interface TillNeeds {
  readonly config: Pick<Config, 'publicUrl' | 'port' | 'webTillPort'>;
  readonly door: { readonly places: Pick<Door['places'], 'publicDir'>; readonly sdkDir: string };
  readonly retailer: Id<'retailer'>;
  readonly terminalKey: string;
}

/**
 * Opens the sample web till: a page of another origin than the service's, with a small server of its own, as a shop has
 * it. Null where no port is free for it.
 */
export async function openWebTill(needs: TillNeeds): Promise<WebTill | null> {
  const { port, webTillPort } = needs.config;
  const ports = webTillPort === null ? Array.from({ length: TRIES }, (_, i) => port + 1 + i) : [webTillPort];
  const server = createServer();
  if (!(await listensOnOne(server, ports))) return null;
  const origin = `http://localhost:${(server.address() as AddressInfo).port}` as WebOrigin;
  server.on('request', webTill(needs, origin));
  return {
    origin,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** On this machine alone, wherever the service listens: whoever reaches its server gets sessions from it. */
async function listensOnOne(server: Server, ports: readonly number[]): Promise<boolean> {
  for (const port of ports) {
    server.listen(port, '127.0.0.1');
    const listening = once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (await listening) return true;
  }
  return false;
}

/** What the till's page loads, by the address that asks for it. */
function filesOf({ places: { publicDir }, sdkDir }: TillNeeds['door']): Readonly<Record<string, string>> {
  return {
    '/': join(publicDir, 'web-till/index.html'),
    '/till.js': join(publicDir, 'web-till/till.js'),
    '/till.css': join(publicDir, 'web-till/till.css'),
    '/base.css': join(publicDir, 'styles/base.css'),
    '/icon.svg': join(publicDir, 'icon.svg'),
    '/sdk/embed.js': join(sdkDir, 'embed.js'),
    '/sdk/embed-messages.js': join(sdkDir, 'embed-messages.js'),
  };
}

/** The till's own server. It has the terminal's key and gives its page sessions; the page never sees the key. */
function webTill({ config, door, retailer, terminalKey }: TillNeeds, origin: WebOrigin): Express {
  const { publicUrl } = config;
  const app = express();
  app.disable('x-powered-by');
  app.use((_req, res, next) => {
    res.set(headersOf(publicUrl));
    next();
  });
  for (const [path, file] of Object.entries(filesOf(door))) {
    app.get(path, (_req, res) => res.sendFile(file, { dotfiles: 'allow', cacheControl: false }));
  }
  app.get('/settings', (_req, res) => {
    res.json({ page_url: `${publicUrl}/terminal/embedded/${retailer}` });
  });
  app.post('/session', async (req, res) => {
    // A real till asks here for its cashier's sign-in as well. This much every one does: no other page may ask.
    if (req.headers.origin !== origin) return void res.status(403).json({});
    const token = await sessionToken(publicUrl, terminalKey);
    res.status(token === null ? 502 : 201).json(token === null ? {} : { token });
  });
  return app;
}

/** The token of a fresh session, or null where the service gives none. */
async function sessionToken(publicUrl: string, terminalKey: string): Promise<string | null> {
  try {
    const answer = await fetch(`${publicUrl}/v1/terminal-sessions/embedded`, {
      method: 'POST',
      headers: { authorization: `Bearer ${terminalKey}` },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { token } = (await answer.json()) as { readonly token?: unknown };
    return answer.status === 201 && typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}

function headersOf(publicUrl: string): Record<string, string> {
  const service = new URL(publicUrl).origin;
  const shared = ['camera', 'screen-wake-lock', 'autoplay'].map((one) => `${one}=(self "${service}")`);
  return {
    'Content-Security-Policy': contentPolicy({
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'connect-src': "'self'",
      'frame-src': service,
    }),
    'Permissions-Policy': [...shared, 'microphone=()', 'geolocation=()'].join(', '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
}
