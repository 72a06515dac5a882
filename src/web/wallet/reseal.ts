/** Sealing a whole vault anew, under the key of another lock. */

import type { CryptoKey } from 'jose';
import { equalBytes } from '../../kernel/bytes.ts';
import type { Random } from '../../kernel/world.ts';
import { FACE, type Face } from './face.ts';
import type { Lock } from './lock.ts';
import { seal, unseal } from './seal.ts';
import type { Shelf } from './shelf.ts';
import { TRIES } from './tries.ts';

/** A thing that is sealed beside keys that lie open: a request for passes. */
interface WithSealed {
  readonly sealed: Uint8Array;
}

/**
 * Puts everything under the new key, and the new lock into the face, in one step: either all of it opens under the old
 * key or all under the new. Encrypting takes time in which no step can stay open, so it is done beforehand, and again
 * if another tab has changed anything meanwhile.
 */
export async function reseal(
  shelf: Shelf,
  random: Random,
  from: CryptoKey,
  to: { readonly lock: Lock; readonly key: CryptoKey },
): Promise<void> {
  for (let done = false; !done; ) {
    const before = await shelf.all();
    const puts = await underNewKey(before, random, [from, to.key]);
    done = await shelf.step(async (things) => {
      if (!sealedAlike(before, await things.all())) return false;
      for (const [name, value] of puts) things.put(name, value);
      things.put(FACE, { ...((await things.get(FACE)) as Face), lock: to.lock });
      things.remove(TRIES);
      return true;
    });
  }
}

/** What the old key opens, sealed under the new one; what it does not open is nobody's and stays as it is. */
async function underNewKey(
  things: ReadonlyMap<string, unknown>,
  random: Random,
  [from, to]: readonly [CryptoKey, CryptoKey],
): Promise<readonly (readonly [string, unknown])[]> {
  const anew = [...things].map(async ([name, thing]) => {
    const sealed = sealedIn(thing);
    const value = sealed === null ? null : await unseal(from, name, sealed);
    if (value === null) return null;
    const fresh = await seal(to, name, value, random);
    return [name, thing instanceof Uint8Array ? fresh : { ...(thing as WithSealed), sealed: fresh }] as const;
  });
  return (await Promise.all(anew)).filter((one) => one !== null);
}

/** Whether the same things are sealed, bit by bit. */
function sealedAlike(some: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>): boolean {
  const [these, those] = [sealedOf(some), sealedOf(others)];
  return (
    these.length === those.length &&
    these.every(([name, sealed]) => {
      const other = sealedIn(others.get(name));
      return other !== null && equalBytes(sealed, other);
    })
  );
}

function sealedOf(things: ReadonlyMap<string, unknown>): readonly (readonly [string, Uint8Array])[] {
  return [...things].flatMap(([name, thing]) => {
    const sealed = sealedIn(thing);
    return sealed === null ? [] : [[name, sealed] as const];
  });
}

function sealedIn(thing: unknown): Uint8Array | null {
  if (thing instanceof Uint8Array) return thing;
  const inside = typeof thing === 'object' && thing !== null && 'sealed' in thing ? thing.sealed : undefined;
  return inside instanceof Uint8Array ? inside : null;
}
