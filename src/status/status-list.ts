import type { Id } from '../kernel/ids.ts';

/** How many copies one list can hold. A list is opened anew when three quarters are in use, so that a random place is soon found. */
export const LIST_SIZE = 1 << 17;
export const FULL_AT = (LIST_SIZE / 4) * 3;

/** Seconds for which a list may be kept by whoever fetched it, and after which it is no proof any more. */
export const LIST_TTL = 300;
export const LIST_LIFETIME = 3_600;

export type EntryStatus = 'valid' | 'suspended' | 'revoked';

/** Where the status of one copy stands. */
export interface StatusPlace {
  readonly list: Id<'status_list'>;
  readonly index: number;
}

/** The address of a list, as credentials name it. */
export function listUri(issuerUrl: string, list: Id<'status_list'>): string {
  return `${issuerUrl}/status-lists/${list}`;
}

/** The list that an address names, or null if it is no list of this issuer. */
export function listOfUri(issuerUrl: string, uri: string): string | null {
  const prefix = `${issuerUrl}/status-lists/`;
  return uri.startsWith(prefix) ? uri.slice(prefix.length) : null;
}
