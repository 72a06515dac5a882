import { join } from 'node:path';
import type { IRouter } from 'express';
import { contentPolicy } from '../http/content-policy.ts';
import { Fault } from '../kernel/fault.ts';

const HOUR = 3_600_000;

/** A service worker keeps the shell of a page: it fetches from here, and nothing else. */
const WORKER_POLICY = contentPolicy({ 'script-src': "'self'", 'connect-src': "'self'" });

/** Where the wallet's icons and its manifest lie below `public/wallet`, by the address that asks for them. */
const FILES = [
  ['/wallet.webmanifest', 'manifest.json', 'application/manifest+json'],
  ['/wallet-icon-180.png', 'icon-180.png', 'image/png'],
  ['/wallet-icon-192.png', 'icon-192.png', 'image/png'],
  ['/wallet-icon-512.png', 'icon-512.png', 'image/png'],
] as const;

/** The pages that open without a network. */
const WITH_SHELL = ['wallet', 'terminal'] as const;

/**
 * What makes a page an app: its service worker, which is asked for anew each time, and the wallet's manifest and icons.
 */
export function appFiles(router: IRouter, publicDir: string): void {
  for (const page of WITH_SHELL) {
    hang(router, `/${page}-worker.js`, join(publicDir, `build/${page}-worker.js`), {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Security-Policy': WORKER_POLICY,
      'Cache-Control': 'no-cache',
    });
  }
  for (const [path, file, type] of FILES) {
    hang(router, path, join(publicDir, 'wallet', file), {
      'Content-Type': type,
      'Cache-Control': `public, max-age=${HOUR / 1000}`,
    });
  }
}

function hang(router: IRouter, path: string, file: string, headers: Readonly<Record<string, string>>): void {
  router.get(path, (_req, res, next) => {
    res.sendFile(file, { headers, cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
      if (error && !res.headersSent) next(new Fault('not_found', 'This file was not built.'));
    });
  });
}
