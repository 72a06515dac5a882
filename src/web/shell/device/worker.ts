/**
 * Keeps the shell of an app, so that it opens without a network. Nothing else goes through it: no answer of the
 * service is ever kept, and no request is changed. What the shell is, the build writes in; a new build is a new worker.
 */

import { isShell, prefixOf, stale } from '../shell.ts';

/** The path of the page, the addresses of its shell, and a name that changes with them. All are put in by the build. */
declare const __PAGE__: string;
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

const name = prefixOf(__PAGE__) + __SHELL_NAME__;

addEventListener('install', (event) => {
  (event as LifeEvent).waitUntil(keepShell());
});

addEventListener('activate', (event) => {
  (event as LifeEvent).waitUntil(forgetOthers());
});

addEventListener('fetch', (event) => {
  const { request } = event as RequestEvent;
  const { method, url, mode, destination } = request;
  const asked = { method, url, navigates: mode === 'navigate', framed: destination !== 'document' };
  const kept = isShell(asked, { origin: location.origin, page: __PAGE__, shell: __SHELL__ });
  if (kept !== null) (event as RequestEvent).respondWith(fromShell(kept, request));
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(name);
  await cache.addAll(__SHELL__.map((url) => new Request(url, { cache: 'reload', credentials: 'omit' })));
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(stale(names, name, __PAGE__).map((old) => caches.delete(old)));
}

async function fromShell(url: string, request: Request): Promise<Response> {
  const cache = await caches.open(name);
  return (await cache.match(url)) ?? fetch(request);
}
