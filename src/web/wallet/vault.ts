/** What the phone keeps: a face that anybody may see, and copies, history and session sealed under the lock's key. */

import type { CryptoKey } from 'jose';
import type { CredentialType } from '../../kernel/credential-type.ts';
import type { World } from '../../kernel/world.ts';
import { signerOf } from './device-key.ts';
import { copiesLeft, FACE, type Face, typeShowing, withoutCopy } from './face.ts';
import { CANARY, heldShelf } from './held-shelf.ts';
import { type Entry, withEntries } from './history.ts';
import type { Lock } from './lock.ts';
import { BOOK } from './passes/book.ts';
import { type PassBox, passBox } from './passes/box.ts';
import type { TakenCopy } from './present.ts';
import type { FreshCopy } from './redeem.ts';
import { reseal } from './reseal.ts';
import { seal, unseal } from './seal.ts';
import type { Shelf } from './shelf.ts';

const HISTORY = 'history';
const SESSION = 'session';
const OPENS = 'this is the key';

export interface Session {
  readonly id: string;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly verifiedAt: number;
  readonly expiresAt: number;
}

/** A vault for as long as its key is in memory, and in force: once the lock was changed it rejects with `LockChanged`. */
export interface OpenVault {
  /** Adds copies, and what they say, to what is there. */
  stock(copies: readonly FreshCopy[]): Promise<void>;
  /** Takes an unused copy out for good: from now on it counts as spent, whatever happens. Null if none is left. */
  take(type: CredentialType): Promise<TakenCopy | null>;
  history(): Promise<readonly Entry[]>;
  note(entries: readonly Entry[]): Promise<void>;
  eraseHistory(): Promise<void>;
  session(): Promise<Session | null>;
  keepSession(session: Session | null): Promise<void>;
  readonly passes: PassBox;
  /** Seals all that is in it under the key of another lock. From then on this vault, wherever it is open, is over. */
  relock(lock: Lock, key: CryptoKey): Promise<void>;
}

interface Needs {
  readonly shelf: Shelf;
  readonly world: World;
}

/** What can be seen without unlocking; null on a phone that holds nothing. */
export async function readFace(shelf: Shelf): Promise<Face | null> {
  return ((await shelf.get(FACE)) as Face | undefined) ?? null;
}

/** Begins a vault in place of whatever was there. Pass keys that were seen stay seen. */
export async function beginVault(
  { shelf, world }: Needs,
  { issuer, wallet, lock }: { issuer: string; wallet: string | null; lock: Lock },
  key: CryptoKey,
): Promise<OpenVault> {
  const changedAt = world.now().getTime();
  const face: Face = { issuer, wallet, name: null, lock, claims: [], stock: [], changedAt };
  const canary = await seal(key, CANARY, OPENS, world.random);
  await shelf.step(async (things) => {
    for (const name of (await things.all()).keys()) if (name !== BOOK) things.remove(name);
    things.put(FACE, face);
    things.put(CANARY, canary);
  });
  return vaultUnder({ shelf, world }, key, canary);
}

/** The vault that this key opens, or null if it is another vault's key. */
export async function openVault(needs: Needs, key: CryptoKey): Promise<OpenVault | null> {
  const canary = await needs.shelf.get(CANARY);
  if (!(canary instanceof Uint8Array) || (await unseal(key, CANARY, canary)) !== OPENS) return null;
  return vaultUnder(needs, key, canary);
}

function vaultUnder({ shelf: bare, world }: Needs, key: CryptoKey, canary: Uint8Array): OpenVault {
  const shelf = heldShelf(bare, canary);
  const needs = { shelf, world };
  const keep = async (name: string, value: unknown): Promise<void> =>
    shelf.write({ [name]: await seal(key, name, value, world.random) });
  const history = async (): Promise<readonly Entry[]> =>
    ((await unsealed(shelf, key, HISTORY)) as readonly Entry[] | null) ?? [];
  return {
    stock: (copies) => stock(needs, key, copies),
    take: (type) => take(needs, key, type),
    history,
    note: async (entries) => keep(HISTORY, withEntries(await history(), entries)),
    eraseHistory: () => shelf.write({}, [HISTORY]),
    session: async () => (await unsealed(shelf, key, SESSION)) as Session | null,
    keepSession: (session) => (session === null ? shelf.write({}, [SESSION]) : keep(SESSION, session)),
    passes: passBox(needs, key),
    relock: (lock, to) => reseal(shelf, world.random, key, { lock, key: to }),
  };
}

async function stock({ shelf, world }: Needs, key: CryptoKey, copies: readonly FreshCopy[]): Promise<void> {
  const sealed = await Promise.all(
    copies.map(async ({ id, credential }) => seal(key, copyName(id), credential, world.random)),
  );
  const puts = copies.flatMap(({ id, privateKey }, at): [string, unknown][] => [
    [copyName(id), sealed[at]],
    [keyName(id), privateKey],
  ]);
  await shelf.write(Object.fromEntries(puts));
  await shelf.change(FACE, (was) => restocked(was as Face, copies, world.now()));
}

/** What newer copies say replaces what older ones of their type said: a status that ended goes, an age comes. */
function restocked(face: Face, copies: readonly FreshCopy[], now: Date): Face {
  const types = new Set(copies.map(({ type }) => type));
  const said = face.claims.filter((claim) => !types.has(typeShowing(claim)));
  const fresh = new Set(copies.flatMap(({ reading }) => reading.claims));
  const names = copies.map(({ reading }) => reading.givenName).filter((name) => name !== null);
  const stocked = copies.map(({ id, type, reading }) => ({ id, type, expiresAt: reading.expiresAt }));
  return {
    ...face,
    name: names[0] ?? face.name,
    claims: [...said, ...fresh],
    stock: [...face.stock.filter(({ expiresAt }) => expiresAt > now.getTime()), ...stocked],
    changedAt: now.getTime(),
  };
}

/** Out of the face and off the shelf in one step: a copy that was taken is gone, and one that is there was never taken. */
async function take(
  { shelf, world }: Needs,
  key: CryptoKey,
  type: CredentialType,
): Promise<TakenCopy | null> {
  const taken = await shelf.step(async (things) => {
    const face = (await things.get(FACE)) as Face;
    const id = copiesLeft(face, type, world.now())[0]?.id;
    if (id === undefined) return null;
    const [sealed, privateKey] = [await things.get(copyName(id)), await things.get(keyName(id))];
    for (const name of [copyName(id), keyName(id)]) things.remove(name);
    things.put(FACE, withoutCopy(face, id, world.now()));
    return { id, sealed, privateKey: privateKey as CryptoKey | undefined };
  });
  if (taken === null) return null;
  const { id, sealed, privateKey } = taken;
  const credential = sealed instanceof Uint8Array ? await unseal(key, copyName(id), sealed) : null;
  if (typeof credential !== 'string' || privateKey === undefined) return null;
  return { id, credential, device: signerOf(privateKey) };
}

async function unsealed(shelf: Shelf, key: CryptoKey, name: string): Promise<unknown> {
  const sealed = await shelf.get(name);
  return sealed instanceof Uint8Array ? unseal(key, name, sealed) : null;
}

function copyName(id: string): string {
  return `copy/${id}`;
}

function keyName(id: string): string {
  return `key/${id}`;
}
