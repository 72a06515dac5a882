import type { Random } from './world.ts';

/** Crockford's base 32: I, L, O and U are left out, since people take them for other characters. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code for people to type: so many characters of five random bits each. */
export function makeTypedCode(random: Random, length: number): string {
  return Array.from(random(length), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
}

/**
 * The code of so many characters that was typed, or null if it cannot be one. Case, spaces and dashes do not matter,
 * and what looks like a 0 or a 1 counts as one.
 */
export function readTypedCode(typed: string, length: number): string | null {
  const text = typed.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return text.length === length && [...text].every((character) => ALPHABET.includes(character)) ? text : null;
}
