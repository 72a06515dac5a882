/**
 * Keeps the shell of the wallet, so that it opens without a network. Nothing else goes through it: no answer of the
 * service is ever kept, and no request is changed. What the shell is, the build writes in; a new build is a new worker.
 */

import { isShell, SHELL_PREFIX, stale } from '../shell.ts';

/** The addresses of the shell, and a name that changes with what is behind them. Both are put in by the build. */
declare const __SHELL__: readonly string[];
declare const __SHELL_NAME__: string;

/** What the events of a service worker have beyond others (Service Workers, §4). */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const PAGE = '/wallet';
const name = SHELL_PREFIX + __SHELL_NAME__;

addEventListener('install', (event) => {
  (event as LifeEvent).waitUntil(keepShell());
});

addEventListener('activate', (event) => {
  (event as LifeEvent).waitUntil(forgetOthers());
});

addEventListener('fetch', (event) => {
  const { request } = event as RequestEvent;
  const asked = { method: request.method, url: request.url, navigates: request.mode === 'navigate' };
  const kept = isShell(asked, { origin: location.origin, page: PAGE, shell: __SHELL__ });
  if (kept !== null) (event as RequestEvent).respondWith(fromShell(kept, request));
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(name);
  await cache.addAll(__SHELL__.map((url) => new Request(url, { cache: 'reload', credentials: 'omit' })));
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(stale(names, name).map((old) => caches.delete(old)));
}

async function fromShell(url: string, request: Request): Promise<Response> {
  const cache = await caches.open(name);
  return (await cache.match(url)) ?? fetch(request);
}
