import { makeTypedCode, readTypedCode } from '../kernel/typed-code.ts';
import type { Random } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';

/** Twelve characters of five bits: nobody finds a code among those of millions of wallets by trying. */
const LENGTH = 12;

/** A lock code: what the holder is told once, in groups of four, and what is kept. */
export interface LockCode {
  readonly text: string;
  readonly mac: string;
}

export function newLockCode(random: Random, vault: Vault): LockCode {
  const code = makeTypedCode(random, LENGTH);
  return { text: code.replace(/(.{4})(?=.)/g, '$1-'), mac: lockCodeMac(code, vault) };
}

/** The keyed hash of a code as it was typed, or null if it cannot be one. */
export function readLockCode(typed: string, vault: Vault): string | null {
  const code = readTypedCode(typed, LENGTH);
  return code === null ? null : lockCodeMac(code, vault);
}

function lockCodeMac(code: string, vault: Vault): string {
  return vault.mac('lock code', code);
}
