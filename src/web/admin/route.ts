/** Where in the console somebody is, as the address says it behind its #. No name of a person ever stands there. */

import { type Id, readId } from '../../kernel/ids.ts';
import { may, type Officer, type Scope } from './officer.ts';

export type Route =
  | { readonly at: 'people'; readonly panel: null | 'new' | Id<'person'> }
  | { readonly at: 'tills'; readonly retailer: Id<'retailer'> | null }
  | { readonly at: 'reports' };

/** The parts of the console in their order, and the scope that each is for. */
export const PARTS = [
  { at: 'people', scope: 'people:read' },
  { at: 'tills', scope: 'retailers:read' },
  { at: 'reports', scope: 'reports:read' },
] as const satisfies readonly { readonly at: Route['at']; readonly scope: Scope }[];

type Holder = Pick<Officer, 'scopes'>;

/** What the address asks for, as far as the officer may have it; else the first part that they may see, or null. */
export function routeFor(hash: string, officer: Holder): Route | null {
  const asked = routeIn(hash);
  if (asked !== null && mayGo(asked, officer)) return asked;
  const first = partsOf(officer)[0];
  return first === undefined ? null : start(first.at);
}

/** The parts that an officer sees. */
export function partsOf(officer: Holder): readonly (typeof PARTS)[number][] {
  return PARTS.filter(({ scope }) => may(officer, scope));
}

/** The address of a route, from the `#` on. */
export function hrefOf(route: Route): string {
  if (route.at === 'people' && route.panel !== null) return `#people/${route.panel}`;
  if (route.at === 'tills' && route.retailer !== null) return `#tills/${route.retailer}`;
  return `#${route.at}`;
}

/** The token in a set-up link, `/admin#setup=TOKEN`; null if it is none. */
export function setupTokenIn(hash: string): string | null {
  return /^#setup=([\w-]{1,128})$/.exec(hash)?.[1] ?? null;
}

function routeIn(hash: string): Route | null {
  const [at = '', one = ''] = hash.replace(/^#/, '').split('/');
  if (at === 'people') return { at, panel: one === 'new' ? one : readId('person', one) };
  if (at === 'tills') return { at, retailer: readId('retailer', one) };
  return at === 'reports' ? { at } : null;
}

function start(at: Route['at']): Route {
  if (at === 'people') return { at, panel: null };
  return at === 'tills' ? { at, retailer: null } : { at };
}

function mayGo(route: Route, officer: Holder): boolean {
  const part = PARTS.find(({ at }) => at === route.at);
  const enters = route.at === 'people' && route.panel === 'new';
  return part !== undefined && may(officer, part.scope) && (!enters || may(officer, 'people:write'));
}
