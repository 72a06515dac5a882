import { importPassKey, type Pass, passHolds } from '../formats/pass.ts';
import type { DirectoryKey } from '../formats/pass-directory.ts';
import { sha256 } from '../formats/sha.ts';
import { hex } from '../kernel/bytes.ts';
import type { ShownPass } from './shown.ts';

/** A pass whose signatures were looked at, and its mark. */
export interface CheckedPass {
  readonly shown: Omit<ShownPass, 'state'>;
  /** SHA-256 of the device key, in hexadecimal: by this a pass is known to be spent. */
  readonly mark: string;
}

/** Checks the signatures of a pass, before and outside of anything that is judged. */
export type CheckPass = (pass: Pass) => Promise<CheckedPass>;

type CryptoKey = Awaited<ReturnType<typeof importPassKey>>;

/** Checks passes by the directory as it is at that moment. Keys that were imported are kept for as long as it lists them. */
export function passChecker(find: (keyId: string) => DirectoryKey | null): CheckPass {
  const imported = new WeakMap<Uint8Array, Promise<CryptoKey>>();
  return async (pass) => {
    const key = find(pass.keyId);
    const mark = hex(sha256(pass.deviceKey));
    const shownAt = new Date(pass.shownAt * 1_000);
    if (key === null || key.withdrawnAt !== null) {
      return { mark, shown: { kind: 'pass', window: null, holds: false, shownAt } };
    }
    const known = imported.get(key.spki) ?? importPassKey(key.spki);
    imported.set(key.spki, known);
    const { claim, notBefore, expiresAt } = key;
    const holds = await passHolds(pass, await known);
    return { mark, shown: { kind: 'pass', window: { claim, notBefore, expiresAt }, holds, shownAt } };
  };
}
