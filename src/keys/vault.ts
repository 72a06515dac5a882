import { createHmac, hkdfSync } from 'node:crypto';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { Secret } from '../kernel/secret.ts';
import type { Random } from '../kernel/world.ts';
import { open, seal } from './sealed.ts';

export const KEY_LENGTH = 32;

/** What a keyed hash is made for. Hashes of the same value for two purposes are unrelated. */
type MacPurpose =
  | 'people search'
  | 'transaction code'
  | 'pairing code'
  | 'lock code'
  | 'recovery code'
  | 'user handle'
  | 'nonce'
  | 'offer code';

/** What was sealed cannot be opened: it is damaged, or was sealed under another master key. */
export class CannotOpen extends Error {
  constructor(what: string) {
    super(`cannot open ${what}: damaged, or another master key`);
    this.name = 'CannotOpen';
  }
}

/**
 * The master key at work. It never leaves: each use has a key of its own, derived by HKDF-SHA256 (RFC 5869), so
 * that what one use gives away tells nothing of another.
 */
export interface Vault {
  /** Encrypts for this service only; the context is bound to the result. */
  seal(plain: Uint8Array, context: string): Uint8Array<ArrayBuffer>;
  /** Throws `CannotOpen` if the bytes were not sealed here with this context. */
  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer>;
  /** HMAC-SHA256 of the parts as base64url. */
  mac(purpose: MacPurpose, ...parts: readonly string[]): string;
}

/** The vault of a master key of 32 bytes. */
export function openVault(master: Secret<Uint8Array>, random: Random): Vault {
  const sealing = new Secret(derived(master, 'seal'));
  const macKeys = new Map<MacPurpose, Secret<Uint8Array>>();
  const macKey = (purpose: MacPurpose): Uint8Array => {
    const known = macKeys.get(purpose) ?? new Secret(derived(master, `mac ${purpose}`));
    macKeys.set(purpose, known);
    return known.reveal();
  };

  return {
    seal: (plain, context) => seal(sealing.reveal(), plain, context, random),
    open(sealed, context) {
      const plain = open(sealing.reveal(), sealed, context);
      if (plain === null) throw new CannotOpen(context.split(' ')[0] ?? '');
      return plain;
    },
    mac(purpose, ...parts) {
      const hmac = createHmac('sha256', macKey(purpose));
      for (const part of parts) hmac.update(lengthOf(part)).update(part);
      return base64url(hmac.digest());
    },
  };
}

function derived(master: Secret<Uint8Array>, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master.reveal(), '', `counterproof v1 ${use}`, KEY_LENGTH));
}

/** The length goes before each part, so that no two lists of parts are hashed alike. */
function lengthOf(part: string): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, utf8(part).length);
  return length;
}
