/** Putting disclosures back into a payload (RFC 9901 §7.1, steps 3 to 5). */

import type { Json, JsonObject } from '../json.ts';
import { isJsonObject, member } from '../json.ts';
import { digestOf } from './hash.ts';
import type { Disclosure } from './parse.ts';

/** The way to a claim from the root of the claims: names of members and places in arrays. */
export type ClaimPath = readonly (string | number)[];

/** A claim that was disclosed, where it now stands. */
export interface Revealed {
  readonly path: ClaimPath;
  readonly disclosure: Disclosure;
}

export type RevealFault =
  | 'unsupported_hash'
  | 'malformed_digests'
  | 'forbidden_name'
  | 'wrong_kind_of_disclosure'
  | 'duplicate_disclosure'
  | 'duplicate_digest'
  | 'unreferenced_disclosure'
  | 'name_clash'
  | 'too_deep';

export type RevealResult =
  | { readonly ok: true; readonly claims: JsonObject; readonly revealed: readonly Revealed[] }
  | { readonly ok: false; readonly reason: RevealFault };

/** How many levels of objects and arrays are read. */
export const DEEPEST = 32;

/** The claims of a payload with these disclosures in their places and every trace of digests gone, or why not. */
export function reveal(payload: JsonObject, disclosures: readonly Disclosure[]): RevealResult {
  const digest = digestOf(payload);
  if (digest === null) return { ok: false, reason: 'unsupported_hash' };
  const byDigest = new Map(disclosures.map((disclosure) => [digest(disclosure.encoded), disclosure]));
  if (byDigest.size < disclosures.length) return { ok: false, reason: 'duplicate_disclosure' };

  const work = new Revealing(byDigest);
  const claims = work.claimsOf(payload);
  const { fault, revealed } = work;
  if (fault !== null) return { ok: false, reason: fault };
  if (revealed.length < disclosures.length) return { ok: false, reason: 'unreferenced_disclosure' };
  return { ok: true, claims, revealed };
}

/** Walks one payload. The first fault is kept and the walk goes on, since whatever it makes is then thrown away. */
class Revealing {
  readonly revealed: Revealed[] = [];
  fault: RevealFault | null = null;
  readonly #byDigest: ReadonlyMap<string, Disclosure>;
  readonly #seen = new Set<string>();

  constructor(byDigest: ReadonlyMap<string, Disclosure>) {
    this.#byDigest = byDigest;
  }

  claimsOf(payload: JsonObject): JsonObject {
    return this.#members(payload, []);
  }

  #value(value: Json, path: ClaimPath): Json {
    if (typeof value !== 'object' || value === null) return value;
    if (path.length >= DEEPEST) return this.#refuse('too_deep');
    return isJsonObject(value) ? this.#members(value, path) : this.#elements(value, path);
  }

  #members(object: JsonObject, path: ClaimPath): JsonObject {
    const claims = new Map<string, Json>();
    for (const [name, value] of Object.entries(object)) {
      if (name === '_sd' || (name === '_sd_alg' && path.length === 0)) continue;
      if (name === '...') this.#refuse('forbidden_name');
      claims.set(name, this.#value(value, [...path, name]));
    }
    for (const digest of this.#digestsIn(object)) {
      const disclosure = this.#take(digest, 'member');
      if (disclosure?.kind !== 'member') continue;
      const { name, value } = disclosure;
      if (name === '_sd' || name === '...') this.#refuse('forbidden_name');
      if (claims.has(name) || Object.hasOwn(object, name)) this.#refuse('name_clash');
      claims.set(name, this.#disclosed(disclosure, value, [...path, name]));
    }
    return Object.fromEntries(claims);
  }

  #elements(array: readonly Json[], path: ClaimPath): Json {
    const elements: Json[] = [];
    for (const element of array) {
      const here = [...path, elements.length];
      if (!isJsonObject(element) || !Object.hasOwn(element, '...')) {
        elements.push(this.#value(element, here));
        continue;
      }
      const digest = member(element, '...');
      if (typeof digest !== 'string' || Object.keys(element).length > 1) this.#refuse('malformed_digests');
      const disclosure = typeof digest === 'string' ? this.#take(digest, 'element') : null;
      if (disclosure !== null) elements.push(this.#disclosed(disclosure, disclosure.value, here));
    }
    return elements;
  }

  #disclosed(disclosure: Disclosure, value: Json, path: ClaimPath): Json {
    this.revealed.push({ path, disclosure });
    return this.#value(value, path);
  }

  #digestsIn(object: JsonObject): readonly string[] {
    const digests = Object.hasOwn(object, '_sd') ? member(object, '_sd') : [];
    if (Array.isArray(digests) && digests.every((digest) => typeof digest === 'string')) return digests;
    this.#refuse('malformed_digests');
    return [];
  }

  /** The disclosure to a digest; null where there is none (a decoy, or not disclosed) and where it must not be. */
  #take(digest: string, kind: Disclosure['kind']): Disclosure | null {
    if (this.#seen.has(digest)) return this.#refuse('duplicate_digest');
    this.#seen.add(digest);
    const disclosure = this.#byDigest.get(digest) ?? null;
    return disclosure === null || disclosure.kind === kind
      ? disclosure
      : this.#refuse('wrong_kind_of_disclosure');
  }

  #refuse(fault: RevealFault): null {
    this.fault ??= fault;
    return null;
  }
}
