/** A PIN of six digits, which is mixed into a vault's key where several people share a phone. */

import type { CryptoKey } from 'jose';
import { type Bytes, concat, utf8 } from '../../kernel/bytes.ts';
import type { Random } from '../../kernel/world.ts';
import { hkdfKey, seal, unseal } from './seal.ts';

export const PIN_LENGTH = 6;
const SALT_LENGTH = 16;
/** Rounds of PBKDF2 (RFC 8018): what OWASP asks for with SHA-256. Each lock says its own, so that they can be raised. */
const ROUNDS = 600_000;
const TOUCH = utf8('counterproof wallet touch v1');
const TOUCHED = 'touch';

/** How a lock takes a PIN. */
export interface PinLock {
  readonly salt: Uint8Array;
  readonly rounds: number;
  /** Sealed under the passkey's secret alone, to tell a wrong PIN from a wrong passkey; null where it yields none. */
  readonly proof: Uint8Array | null;
}

/** The digits in what was typed, in whichever script: at most six. */
export function digitsIn(typed: string): string {
  const plain = typed.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
  return plain.replace(/\D/g, '').slice(0, PIN_LENGTH);
}

/** Whether somebody who tries by hand would try this one first: one digit six times, or digits in a row. */
export function isEasy(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10);
  return [0, 1, 9].some((step) => steps.every((one) => one === step));
}

/** A lock for a PIN, salted anew. */
export async function makePinLock(
  secret: Uint8Array | null,
  random: Random,
  rounds = ROUNDS,
): Promise<PinLock> {
  const salt = random(SALT_LENGTH);
  const proof =
    secret === null ? null : await seal(await hkdfKey(secret, salt, TOUCH), TOUCHED, TOUCHED, random);
  return { salt, rounds, proof };
}

/** Whether this is the secret of the passkey that the lock was made with. It says nothing of the PIN. */
export async function isTouchOf({ salt, proof }: PinLock, secret: Uint8Array | null): Promise<boolean> {
  if (proof === null) return true;
  if (secret === null) return false;
  return (await unseal(await hkdfKey(secret, salt, TOUCH), TOUCHED, proof)) === TOUCHED;
}

/** The PIN stretched to 32 bytes, so that each try costs what `rounds` says. */
export async function stretched(pin: string, { salt, rounds }: PinLock): Promise<Bytes> {
  const input = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt: concat(salt), iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(pbkdf2, input, 256));
}

/** A key that takes the place of a passkey's secret: it stays in the browser, and makes one of a stretched PIN. */
export async function pinGuard(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

export async function guarded(guard: CryptoKey, pin: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', guard, pin));
}
