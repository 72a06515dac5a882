/** The issuer's side of selective disclosure (RFC 9901 §4.2): a payload with digests, and the disclosures to them. */

import { base64url, utf8 } from '../../kernel/bytes.ts';
import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Digest } from './hash.ts';
import { DEFAULT_HASH, digestOf } from './hash.ts';

/** Answers that many random bytes, of cryptographic quality. */
export type Random = (length: number) => Uint8Array;

export type SdValue = Json | SdObject;

export interface SdMembers {
  /** Members that everybody sees. */
  readonly open?: Readonly<Record<string, SdValue>>;
  /** Members that the holder may disclose, each by itself. */
  readonly hidden?: Readonly<Record<string, SdValue>>;
  /** How many digests `_sd` has, decoys included; without it, as many as there are hidden members. */
  readonly digests?: number;
}

const mark: unique symbol = Symbol('selectively disclosable');

/** An object inside a payload with hidden members of its own; made by `selective`. */
export interface SdObject extends SdMembers {
  readonly [mark]: true;
}

export interface Concealed {
  readonly payload: JsonObject;
  /** Base64url, in the order of the members, an object's before those inside it. */
  readonly disclosures: readonly string[];
}

const SALT_LENGTH = 16;
const DECOY_LENGTH = 32;
const FORBIDDEN = new Set(['_sd', '...', '_sd_alg']);

/** Marks an object whose members are partly hidden, as distinct from plain JSON with members of these names. */
export function selective(members: SdMembers): SdObject {
  return { ...members, [mark]: true };
}

/**
 * The payload and the disclosures of a tree. `_sd` is sorted, so that order tells nothing, and has exactly the asked
 * number of digests. Throws, as for a bug, if there are more hidden members than that, if a member is both open and
 * hidden, and for the names that RFC 9901 keeps to itself.
 */
export function conceal(tree: SdMembers, random: Random): Concealed {
  const digest = digestOf({ _sd_alg: DEFAULT_HASH });
  if (digest === null) throw new Error('the default hash is missing');
  const work: Work = { digest, random, disclosures: [] };
  const payload = { ...concealMembers(tree, work), _sd_alg: DEFAULT_HASH };
  return { payload, disclosures: work.disclosures };
}

interface Work {
  readonly digest: Digest;
  readonly random: Random;
  readonly disclosures: string[];
}

function concealMembers({ open = {}, hidden = {}, digests }: SdMembers, work: Work): JsonObject {
  const members = Object.entries(open).map(
    ([name, value]) => [allowed(name), concealValue(value, work)] as const,
  );
  const real = Object.entries(hidden).map(([name, value]) => {
    if (Object.hasOwn(open, name)) throw new Error('a member is both open and hidden');
    return concealMember(allowed(name), value, work);
  });
  const decoys = (digests ?? real.length) - real.length;
  if (!Number.isInteger(decoys) || decoys < 0) throw new Error('there are more hidden members than digests');
  const all = [...real, ...Array.from({ length: decoys }, () => decoy(work))].sort();
  return Object.fromEntries(all.length === 0 ? members : [...members, ['_sd', all]]);
}

/** The digest of a hidden member, whose disclosure joins the others. */
function concealMember(name: string, value: SdValue, work: Work): string {
  const place = work.disclosures.push('') - 1;
  const salt = base64url(randomBytes(work.random, SALT_LENGTH));
  const disclosure = base64url(utf8(JSON.stringify([salt, name, concealValue(value, work)])));
  work.disclosures[place] = disclosure;
  return work.digest(disclosure);
}

function concealValue(value: SdValue, work: Work): Json {
  if (isSdObject(value)) return concealMembers(value, work);
  refuseForbiddenNames(value);
  return value;
}

function decoy({ digest, random }: Work): string {
  return digest(base64url(randomBytes(random, DECOY_LENGTH)));
}

function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = random(length);
  if (bytes.length !== length) throw new Error('the source of randomness gave too few bytes or too many');
  return bytes;
}

function isSdObject(value: SdValue): value is SdObject {
  return typeof value === 'object' && value !== null && mark in value;
}

function refuseForbiddenNames(value: Json): void {
  if (Array.isArray(value)) value.forEach(refuseForbiddenNames);
  if (!isJsonObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    allowed(name);
    refuseForbiddenNames(inner);
  }
}

function allowed(name: string): string {
  if (FORBIDDEN.has(name)) throw new Error(`no member may be called ${name}`);
  return name;
}
