/** Where in the console somebody is, as the address says it behind its #. No name of a person ever stands there. */

import { type Id, readId } from '../../kernel/ids.ts';
import { may, type Officer, type Scope } from './officer.ts';

export type Route =
  | { readonly at: 'overview' }
  | { readonly at: 'people'; readonly panel: null | 'new' | Id<'person'> }
  | { readonly at: 'tills'; readonly retailer: null | 'new' | Id<'retailer'> }
  | { readonly at: 'policies'; readonly policy: string | null }
  | { readonly at: 'reports' }
  | { readonly at: 'log' }
  | { readonly at: 'settings'; readonly tab: Tab };

/** What the settings are parted into. */
export type Tab = (typeof TABS)[number]['tab'];

/** The parts of the console in their order, and the scope that each is for; null for whoever is on the staff. */
export const PARTS = [
  { at: 'overview', scope: 'statistics:read' },
  { at: 'people', scope: 'people:read' },
  { at: 'tills', scope: 'retailers:read' },
  { at: 'policies', scope: 'policies:read' },
  { at: 'reports', scope: 'reports:read' },
  { at: 'log', scope: 'audit:read' },
  { at: 'settings', scope: null },
] as const satisfies readonly { readonly at: Route['at']; readonly scope: Scope | null }[];

/** The same of the settings. */
export const TABS = [
  { tab: 'staff', scope: 'staff:read' },
  { tab: 'keys', scope: 'keys:read' },
  { tab: 'service', scope: 'settings:read' },
  { tab: 'you', scope: null },
] as const satisfies readonly { readonly tab: string; readonly scope: Scope | null }[];

type Holder = Pick<Officer, 'scopes'>;

/** What the address asks for, as far as the officer may have it; else the first part that they may see. */
export function routeFor(hash: string, officer: Holder): Route {
  const asked = routeIn(hash, officer);
  if (asked !== null && mayGo(asked, officer)) return asked;
  const first = partsOf(officer)[0];
  return start(first?.at ?? 'settings', officer);
}

/** The parts that an officer sees. */
export function partsOf(officer: Holder): readonly (typeof PARTS)[number][] {
  return PARTS.filter(({ scope }) => mayPass(officer, scope));
}

/** The parts of the settings that an officer sees. */
export function tabsOf(officer: Holder): readonly Tab[] {
  return TABS.filter(({ scope }) => mayPass(officer, scope)).map(({ tab }) => tab);
}

/** The address of a route, from the `#` on. */
export function hrefOf(route: Route): string {
  if (route.at === 'people' && route.panel !== null) return `#people/${route.panel}`;
  if (route.at === 'tills' && route.retailer !== null) return `#tills/${route.retailer}`;
  if (route.at === 'policies' && route.policy !== null) return `#policies/${route.policy}`;
  return route.at === 'settings' ? `#settings/${route.tab}` : `#${route.at}`;
}

/** The token in a set-up link, `/admin#setup=TOKEN`; null if it is none. */
export function setupTokenIn(hash: string): string | null {
  return /^#setup=([\w-]{1,128})$/.exec(hash)?.[1] ?? null;
}

const POLICY_ID = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/;

function routeIn(hash: string, officer: Holder): Route | null {
  const [at = '', one = ''] = hash.replace(/^#/, '').split('/');
  const part = PARTS.find((known) => known.at === at);
  if (part === undefined) return null;
  const list = start(part.at, officer);
  if (list.at === 'people') return { at: list.at, panel: one === 'new' ? one : readId('person', one) };
  if (list.at === 'tills') return { at: list.at, retailer: one === 'new' ? one : readId('retailer', one) };
  if (list.at === 'policies') return { at: list.at, policy: POLICY_ID.test(one) ? one : null };
  if (list.at !== 'settings') return list;
  return { at: list.at, tab: tabsOf(officer).find((tab) => tab === one) ?? list.tab };
}

function start(at: Route['at'], officer: Holder): Route {
  switch (at) {
    case 'people':
      return { at, panel: null };
    case 'tills':
      return { at, retailer: null };
    case 'policies':
      return { at, policy: null };
    case 'settings':
      return { at, tab: tabsOf(officer)[0] ?? 'you' };
    default:
      return { at };
  }
}

function mayGo(route: Route, officer: Holder): boolean {
  const part = PARTS.find(({ at }) => at === route.at);
  if (part === undefined || !mayPass(officer, part.scope)) return false;
  if (route.at === 'people' && route.panel === 'new') return may(officer, 'people:write');
  return route.at !== 'tills' || route.retailer !== 'new' || may(officer, 'retailers:write');
}

function mayPass(officer: Holder, scope: Scope | null): boolean {
  return scope === null || may(officer, scope);
}
