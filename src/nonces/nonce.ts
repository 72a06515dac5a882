import { base64url, concat, equalBytes, fromBase64url, utf8 } from '../kernel/bytes.ts';
import type { Random } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';

/** Seconds for which a nonce is good. */
export const NONCE_LIFETIME = 300;

const TIME_LENGTH = 8;
const RANDOM_LENGTH = 16;

/**
 * A fresh `c_nonce` (OpenID4VCI 1.0 §7): time, chance and a MAC over both. Nothing is kept until it comes back, so
 * asking for nonces costs nobody anything.
 */
export function makeNonce(vault: Vault, now: Date, random: Random): string {
  const time = new Uint8Array(TIME_LENGTH);
  new DataView(time.buffer).setBigUint64(0, BigInt(now.getTime()));
  const body = base64url(concat(time, random(RANDOM_LENGTH)));
  return `${body}.${vault.mac('nonce', body)}`;
}

/** Until when a nonce is good, or null if it was not made here or is over. Whether it was used, the store tells. */
export function nonceExpiry(vault: Vault, nonce: string, now: Date): Date | null {
  const [body = '', mac = '', more] = nonce.split('.');
  if (more !== undefined || !equalBytes(utf8(mac), utf8(vault.mac('nonce', body)))) return null;
  const bytes = fromBase64url(body);
  if (bytes === null || bytes.length !== TIME_LENGTH + RANDOM_LENGTH) return null;
  const made = Number(new DataView(bytes.buffer).getBigUint64(0));
  const expiry = new Date(made + NONCE_LIFETIME * 1000);
  return now < expiry ? expiry : null;
}
