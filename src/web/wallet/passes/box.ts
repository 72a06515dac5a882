/** The passes in the vault: sealed like copies, each with a key that cannot be read out, and taken out once. */

import type { CryptoKey } from 'jose';
import { isJsonObject, member } from '../../../formats/json.ts';
import type { DeviceSigner } from '../../../formats/jws.ts';
import type { StockedPass } from '../../../formats/pass.ts';
import { type Bytes, base64url, fromBase64url } from '../../../kernel/bytes.ts';
import type { Claim } from '../../../kernel/claims.ts';
import type { World } from '../../../kernel/world.ts';
import { signerOf } from '../device-key.ts';
import { FACE, type Face, passesOf } from '../face.ts';
import { seal, unseal } from '../seal.ts';
import type { Shelf } from '../shelf.ts';
import type { BlindedKey } from './blinder.ts';
import { correctedNow, readBook } from './book.ts';
import type { PlannedKey } from './plan.ts';
import { isOver, type PassStock, usable, withStock } from './stock.ts';

/** A request for one key that was or will be sent: the same until it is answered. */
export interface PassRequest {
  readonly blinded: readonly BlindedKey[];
  /** Compressed, base64url, in the order of `blinded`. */
  readonly deviceKeys: readonly string[];
  readonly privateKeys: readonly CryptoKey[];
}

/** A pass that was just finalized, with its key. */
export interface FreshPass {
  readonly deviceKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly privateKey: CryptoKey;
}

/** A pass that was taken out to be shown. */
export interface TakenPass {
  readonly claim: Claim;
  readonly pass: StockedPass;
  readonly device: DeviceSigner;
}

export interface PassBox {
  /** The request that is out for a key, or null. */
  asked(key: PlannedKey): Promise<PassRequest | null>;
  /** Writes a request down before it is sent; answers the one to send, which is an earlier one if there was one. */
  ask(key: PlannedKey, request: PassRequest): Promise<PassRequest>;
  /** Forgets the request for a key and puts away what came of it: with nothing, the key is not asked for again. */
  answered(key: PlannedKey, passes: readonly FreshPass[]): Promise<void>;
  /** Takes a pass out for good: from now on it counts as spent, whatever happens. Null if none is left. */
  take(claim: Claim): Promise<TakenPass | null>;
  /** Removes passes that are over, and those of these keys. */
  sweep(withdrawn?: ReadonlySet<string>): Promise<void>;
}

interface Needs {
  readonly shelf: Shelf;
  readonly world: World;
}

/** What lies on the shelf of a request that is out. */
interface AskedThing {
  readonly sealed: Uint8Array;
  readonly keys: readonly CryptoKey[];
}

export function passBox(needs: Needs, key: CryptoKey): PassBox {
  const { shelf } = needs;
  return {
    asked: async ({ keyId }) => requestIn((await shelf.get(askedName(keyId))) as AskedThing, key, keyId),
    ask: (planned, request) => ask(needs, key, planned, request),
    answered: (planned, passes) => answered(needs, key, planned, passes),
    take: (claim) => take(needs, key, claim),
    sweep: (withdrawn = new Set()) => sweep(needs, withdrawn),
  };
}

async function ask(
  { shelf, world }: Needs,
  key: CryptoKey,
  planned: PlannedKey,
  { blinded, deviceKeys, privateKeys }: PassRequest,
): Promise<PassRequest> {
  const name = askedName(planned.keyId);
  const sealed = await seal(key, name, { blinded, deviceKeys }, world.random);
  const fresh: AskedThing = { sealed, keys: privateKeys };
  // Another tab may have been quicker; then both send the same.
  const kept = await shelf.change(name, (was) => (was as AskedThing | undefined) ?? fresh);
  await shelf.change(FACE, (was) => {
    const face = was as Face;
    const there = passesOf(face).some(({ keyId }) => keyId === planned.keyId);
    return there ? face : stocked(face, { ...planned, state: 'asked', left: 0 });
  });
  const read = await requestIn(kept, key, planned.keyId);
  if (read === null) throw new Error('a request for passes was sealed under another key');
  return read;
}

async function answered(
  { shelf, world }: Needs,
  key: CryptoKey,
  planned: PlannedKey,
  passes: readonly FreshPass[],
): Promise<void> {
  const puts = await Promise.all(
    passes.map(async ({ deviceKey, signature, privateKey }, number): Promise<[string, unknown][]> => {
      const name = passName(planned.keyId, number);
      const value = { deviceKey: base64url(deviceKey), signature: base64url(signature) };
      return [
        [name, await seal(key, name, value, world.random)],
        [keyName(planned.keyId, number), privateKey],
      ];
    }),
  );
  await shelf.write(Object.fromEntries(puts.flat()));
  await shelf.change(FACE, (was) => {
    const face = was as Face;
    const had = passesOf(face).some(({ keyId, state }) => keyId === planned.keyId && state === 'had');
    return had ? face : stocked(face, { ...planned, state: 'had', left: passes.length });
  });
  await shelf.write({}, [askedName(planned.keyId)]);
}

/** Out of the face and off the shelf in one step. */
async function take({ shelf, world }: Needs, key: CryptoKey, claim: Claim): Promise<TakenPass | null> {
  const now = correctedNow(await readBook(shelf), world);
  const taken = await shelf.step(async (things) => {
    const face = (await things.get(FACE)) as Face;
    const [first] = usable(passesOf(face), claim, now);
    if (first === undefined) return null;
    const entry = { ...first, left: first.left - 1 };
    const [name, privateName] = [passName(entry.keyId, entry.left), keyName(entry.keyId, entry.left)];
    const [sealed, privateKey] = [await things.get(name), await things.get(privateName)];
    for (const gone of [name, privateName]) things.remove(gone);
    things.put(FACE, stocked(face, entry));
    return { keyId: entry.keyId, name, sealed, privateKey: privateKey as CryptoKey | undefined };
  });
  if (taken === null) return null;
  const { keyId, name, sealed, privateKey } = taken;
  const value = sealed instanceof Uint8Array ? await unseal(key, name, sealed) : null;
  const [deviceKey, signature] = [bytesIn(value, 'deviceKey'), bytesIn(value, 'signature')];
  if (deviceKey === null || signature === null || privateKey === undefined) return null;
  return { claim, pass: { keyId, deviceKey, signature }, device: signerOf(privateKey) };
}

async function sweep({ shelf, world }: Needs, withdrawn: ReadonlySet<string>): Promise<void> {
  const now = correctedNow(await readBook(shelf), world);
  const gone: PassStock[] = [];
  await shelf.change(FACE, (was) => {
    const face = was as Face;
    const over = passesOf(face).filter((one) => isOver(one, now) || withdrawn.has(one.keyId));
    gone.push(...over);
    return over.length === 0
      ? face
      : { ...face, passes: passesOf(face).filter((one) => !over.includes(one)) };
  });
  const names = gone.flatMap(({ keyId, left }) => [
    askedName(keyId),
    ...Array.from({ length: left }, (_, n) => [passName(keyId, n), keyName(keyId, n)]).flat(),
  ]);
  if (names.length > 0) await shelf.write({}, names);
}

function stocked(face: Face, entry: PassStock): Face {
  return { ...face, passes: withStock(passesOf(face), entry) };
}

async function requestIn(
  thing: AskedThing | undefined,
  key: CryptoKey,
  keyId: string,
): Promise<PassRequest | null> {
  const value = thing === undefined ? null : await unseal(key, askedName(keyId), thing.sealed);
  if (thing === undefined || value === null) return null;
  const { blinded, deviceKeys } = value as Pick<PassRequest, 'blinded' | 'deviceKeys'>;
  return { blinded, deviceKeys, privateKeys: thing.keys };
}

function bytesIn(value: unknown, name: string): Bytes | null {
  const text = isJsonObject(value) ? member(value, name) : undefined;
  return typeof text === 'string' ? fromBase64url(text) : null;
}

function askedName(keyId: string): string {
  return `pass-asked/${keyId}`;
}

function passName(keyId: string, number: number): string {
  return `pass/${keyId}/${number}`;
}

function keyName(keyId: string, number: number): string {
  return `key/pass/${keyId}/${number}`;
}
