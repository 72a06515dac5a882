import type { Id } from '../../kernel/ids.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';

/** Crockford's base 32: I, L, O and U are left out, since people take them for other characters. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);
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
  const text = Array.from(random(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  const expiresAt = new Date(now().getTime() + LIFETIME);
  return { text, code: { mac: pairingMac(text, vault), terminal, expiresAt } };
}

/**
 * The code that was typed, or null if it cannot be one. Case, spaces and dashes do not matter, and what looks like a
 * 0 or a 1 counts as one.
 */
export function readPairingCode(typed: string): string | null {
  const text = typed.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return SHAPE.test(text) ? text : null;
}

/** The keyed hash under which a code is kept. */
export function pairingMac(text: string, vault: Vault): string {
  return vault.mac('pairing code', text);
}
