import type { DirectoryKey } from '../formats/pass-directory.ts';
import type { Clock } from '../kernel/world.ts';
import type { PassKey } from './pass-key.ts';
import type { PassKeyStore } from './store.ts';

/** The keys of passes, in memory. */
export interface PassKeyRing {
  /** Reads the keys again: after some were made, here or in another process. */
  refresh(): Promise<void>;
  /** The key of an id, while its passes can be good. */
  find(keyId: string): PassKey | null;
  /** The same as verifiers know it. */
  listedKey(keyId: string): DirectoryKey | null;
  /** All of them, by window and claim. */
  all(): readonly PassKey[];
  /** All of them as verifiers know them: the same array until they are read again. */
  allListed(): readonly DirectoryKey[];
}

export async function passKeyRing(store: Pick<PassKeyStore, 'listed'>, now: Clock): Promise<PassKeyRing> {
  let keys = new Map<string, PassKey>();
  let listed = new Map<string, DirectoryKey>();
  let allListed: readonly DirectoryKey[] = [];
  const refresh = async (): Promise<void> => {
    const read = await store.listed(now());
    keys = new Map(read.map((key) => [key.keyId, key]));
    // What was listed stays the same object, since verifiers keep what they imported by it.
    listed = new Map(read.map((key) => [key.keyId, sameOr(listed.get(key.keyId), directoryKey(key))]));
    allListed = [...listed.values()];
  };
  await refresh();
  return {
    refresh,
    find: (keyId) => keys.get(keyId) ?? null,
    listedKey: (keyId) => listed.get(keyId) ?? null,
    all: () => [...keys.values()],
    allListed: () => allListed,
  };
}

function directoryKey({ keyId, spki, claim, window, withdrawnAt }: PassKey): DirectoryKey {
  return { keyId, spki, claim, notBefore: window.notBefore, expiresAt: window.expiresAt, withdrawnAt };
}

function sameOr(before: DirectoryKey | undefined, now: DirectoryKey): DirectoryKey {
  const same = before !== undefined && (before.withdrawnAt === null) === (now.withdrawnAt === null);
  return same ? before : now;
}
