/** Token Status List (draft-ietf-oauth-status-list), JWT form: a bit or a few for each credential. */

import { base64url, fromBase64url } from '../kernel/bytes.ts';
import type { Json, JsonObject } from './json.ts';
import { isJsonObject, member } from './json.ts';

export const STATUS_LIST_TYP = 'statuslist+jwt';
export const STATUS_LIST_MEDIA_TYPE = 'application/statuslist+jwt';
/** The statuses that the draft gives a meaning (§7.1). */
export const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const;

export type StatusBits = 1 | 2 | 4 | 8;
/** zlib (RFC 1950), best level. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;
/** zlib (RFC 1950); throws, or rejects, for what is not zlib and for what would exceed `atMost` bytes. */
export type Inflate = (bytes: Uint8Array, atMost: number) => Uint8Array | Promise<Uint8Array>;

export interface StatusList {
  readonly uri: string;
  readonly bits: StatusBits;
  readonly bytes: Uint8Array;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  /** How long it may be kept after it was fetched, in seconds. */
  readonly ttl: number | null;
}

const LARGEST = 1 << 20;

/** The list of `size` statuses, all 0 but the entries; index i lies in byte ⌊i·bits/8⌋, least significant bit first (§4.1). */
export function packStatuses(
  size: number,
  bits: StatusBits,
  entries: Iterable<readonly [index: number, status: number]>,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((size * bits) / 8));
  for (const [index, status] of entries) {
    if (!Number.isInteger(index) || index < 0 || index >= size)
      throw new RangeError('no such index in the list');
    if (!Number.isInteger(status) || status < 0 || status >> bits !== 0)
      throw new RangeError('no such status in the list');
    const { at, shift, mask } = placeOf(index, bits);
    bytes[at] = ((bytes[at] ?? 0) & ~(mask << shift)) | (status << shift);
  }
  return bytes;
}

/** The status at an index, or null if the list has no such index. */
export function statusAt(bytes: Uint8Array, bits: StatusBits, index: number): number | null {
  if (!Number.isInteger(index) || index < 0 || index >= (bytes.length * 8) / bits) return null;
  const { at, shift, mask } = placeOf(index, bits);
  return ((bytes[at] ?? 0) >> shift) & mask;
}

/** The payload of the list's token (§5.1), times in whole seconds. */
export function statusListClaims(list: StatusList, deflate: Deflate): JsonObject {
  return {
    sub: list.uri,
    iat: secondsOf(list.issuedAt),
    ...(list.expiresAt === null ? {} : { exp: secondsOf(list.expiresAt) }),
    ...(list.ttl === null ? {} : { ttl: list.ttl }),
    status_list: { bits: list.bits, lst: base64url(deflate(list.bytes)) },
  };
}

/**
 * The list in a token's payload, or null if it is not one. A list larger than `atMost` bytes (1 MiB unless said) is
 * refused. The signature, `sub`, expiry and freshness are the caller's to check.
 */
export async function readStatusList(
  payload: JsonObject,
  inflate: Inflate,
  atMost: number = LARGEST,
): Promise<StatusList | null> {
  const uri = member(payload, 'sub');
  const issuedAt = dateOf(member(payload, 'iat'));
  const expiresAt = Object.hasOwn(payload, 'exp') ? dateOf(member(payload, 'exp')) : null;
  const ttl = member(payload, 'ttl') ?? null;
  const list = member(payload, 'status_list');
  if (typeof uri !== 'string' || issuedAt === null || !isJsonObject(list)) return null;
  if (Object.hasOwn(payload, 'exp') && expiresAt === null) return null;
  if (ttl !== null && !(typeof ttl === 'number' && ttl > 0)) return null;
  const bits = bitsOf(member(list, 'bits'));
  const bytes = await inflated(member(list, 'lst'), inflate, atMost);
  return bits === null || bytes === null ? null : { uri, bits, bytes, issuedAt, expiresAt, ttl };
}

async function inflated(lst: Json | undefined, inflate: Inflate, atMost: number): Promise<Uint8Array | null> {
  const compressed = typeof lst === 'string' ? fromBase64url(lst) : null;
  if (compressed === null || compressed.length > atMost) return null;
  try {
    const bytes = await inflate(compressed, atMost);
    return bytes.length <= atMost ? bytes : null;
  } catch {
    return null;
  }
}

function placeOf(index: number, bits: StatusBits): { at: number; shift: number; mask: number } {
  return { at: Math.floor((index * bits) / 8), shift: (index * bits) % 8, mask: (1 << bits) - 1 };
}

function bitsOf(value: Json | undefined): StatusBits | null {
  return value === 1 || value === 2 || value === 4 || value === 8 ? value : null;
}

function dateOf(seconds: Json | undefined): Date | null {
  if (typeof seconds !== 'number') return null;
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? null : date;
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1_000);
}
