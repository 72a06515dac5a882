import { makeTypedCode, readTypedCode } from '../kernel/typed-code.ts';
import type { Random } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';

/** Twelve characters of five bits each: at two tries a second for all together nobody finds one. */
const LENGTH = 12;

/** How many an officer has at a time. */
const CODES = 10;

/** A code that lets an officer who has lost every passkey make a new one: what is told once, and what is kept. */
export interface RecoveryCode {
  readonly text: string;
  readonly mac: string;
}

/** Ten fresh codes, in groups of four characters. */
export function newRecoveryCodes(random: Random, vault: Vault): readonly RecoveryCode[] {
  return Array.from({ length: CODES }, () => {
    const code = makeTypedCode(random, LENGTH);
    return { text: code.replace(/(.{4})(?=.)/g, '$1-'), mac: macOf(code, vault) };
  });
}

/** The keyed hash of a code as it was typed, or null if it cannot be one. */
export function readRecoveryCode(typed: string, vault: Vault): string | null {
  const code = readTypedCode(typed, LENGTH);
  return code === null ? null : macOf(code, vault);
}

function macOf(code: string, vault: Vault): string {
  return vault.mac('recovery code', code);
}
