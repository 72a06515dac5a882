import { join } from 'node:path';
import express, { type IRouter } from 'express';
import { contentPolicy } from '../http/content-policy.ts';
import { Fault } from '../kernel/fault.ts';
import { appFiles } from './app-files.ts';
import { type EmbeddingNeeds, embeddedPage } from './embedded-page.ts';

/** A page of the browser: where it is, and what it may do there beyond showing itself and calling us. */
interface App {
  readonly path: `/${string}`;
  /** Reads codes with the camera, in WebAssembly. */
  readonly scans: boolean;
  readonly passkeys: boolean;
}

/** Every page that is built from `src/web`, by the folder it is built from. */
export const APPS = {
  wallet: { path: '/wallet', scans: true, passkeys: true },
  terminal: { path: '/terminal', scans: true, passkeys: false },
  admin: { path: '/admin', scans: false, passkeys: true },
} as const satisfies Readonly<Record<string, App>>;

/** What a worker may do. It takes its policy from the answer that brought its script, not from the page. */
const WORKER_POLICY = contentPolicy({ 'script-src': "'self' 'wasm-unsafe-eval'", 'connect-src': "'self'" });

const YEAR = 31_536_000_000;

interface PageNeeds extends EmbeddingNeeds {
  readonly publicDir: string;
}

/** Hangs the built pages and what they load. A page that was not built is not found. */
export function pageRoutes(router: IRouter, { publicDir, ...embedding }: PageNeeds): void {
  const built = join(publicDir, 'build');
  for (const [name, app] of Object.entries<App>(APPS)) hangApp(router, app, join(built, name, 'index.html'));
  const terminal = join(built, 'terminal/index.html');
  embeddedPage(
    router,
    { file: terminal, headers: headersOf(APPS.terminal), allowed: allowedTo(APPS.terminal) },
    embedding,
  );
  appFiles(router, publicDir);
  for (const kind of ['assets', 'workers']) {
    router.use(
      `/build/${kind}`,
      // The name holds a hash of the content, so what was loaded once is never asked for again.
      express.static(join(built, kind), {
        immutable: true,
        maxAge: YEAR,
        index: false,
        redirect: false,
        setHeaders: (res) => {
          if (kind === 'workers') res.setHeader('Content-Security-Policy', WORKER_POLICY);
        },
      }),
    );
  }
}

function hangApp(router: IRouter, app: App, file: string): void {
  const headers = { ...headersOf(app), 'Content-Security-Policy': contentPolicy(allowedTo(app)) };
  router.get(app.path, (_req, res, next) => {
    res.sendFile(file, { headers, cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
      if (error && !res.headersSent) next(new Fault('not_found', 'This page was not built.'));
    });
  });
}

function headersOf(app: App) {
  return { 'Permissions-Policy': permissionsOf(app), 'Cache-Control': 'no-cache' };
}

/** Everything from here and nothing inline. Portraits are pictures as data. */
function allowedTo({ scans }: App) {
  return {
    'default-src': "'self'",
    'script-src': scans ? "'self' 'wasm-unsafe-eval'" : "'self'",
    'img-src': "'self' data:",
    'object-src': "'none'",
  };
}

function permissionsOf({ scans, passkeys }: App): string {
  const allowed = {
    camera: scans,
    'publickey-credentials-get': passkeys,
    'publickey-credentials-create': passkeys,
    'screen-wake-lock': true,
    microphone: false,
    geolocation: false,
    payment: false,
    usb: false,
  };
  return Object.entries(allowed)
    .map(([feature, may]) => `${feature}=(${may ? 'self' : ''})`)
    .join(', ');
}
