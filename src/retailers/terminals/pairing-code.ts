import type { Id } from '../../kernel/ids.ts';
import { makeTypedCode, readTypedCode } from '../../kernel/typed-code.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';

const LENGTH = 8;
const LIFETIME = 600_000;

/** A pairing code as it is kept: whoever reads the table learns no code. */
export interface PairingCode {
  readonly mac: string;
  readonly terminal: Id<'terminal'>;
  readonly expiresAt: Date;
}

/** A fresh code of 40 bits, for ten minutes: what the officer is told once, and what is kept. */
export function newPairingCode(
  terminal: Id<'terminal'>,
  { now, random }: World,
  vault: Vault,
): { readonly text: string; readonly code: PairingCode } {
  const text = makeTypedCode(random, LENGTH);
  const expiresAt = new Date(now().getTime() + LIFETIME);
  return { text, code: { mac: pairingMac(text, vault), terminal, expiresAt } };
}

/** The code that was typed, or null if it cannot be one. */
export function readPairingCode(typed: string): string | null {
  return readTypedCode(typed, LENGTH);
}

/** The keyed hash under which a code is kept. */
export function pairingMac(text: string, vault: Vault): string {
  return vault.mac('pairing code', text);
}
