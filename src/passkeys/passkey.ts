import { utf8 } from '../kernel/bytes.ts';
import type { Id } from '../kernel/ids.ts';
import type { Vault } from '../keys/vault.ts';

/** Whose a passkey is. One of a wallet never stands in for one of an officer, nor the other way round. */
export type Owner =
  | { readonly kind: 'holder'; readonly wallet: Id<'wallet'> }
  | { readonly kind: 'officer'; readonly officer: Id<'officer'> };

/** A sign-in key, as far as it is kept here: the private half never leaves its device. */
export interface Passkey {
  readonly id: Id<'passkey'>;
  readonly owner: Owner;
  /** The id that its authenticator gave it; base64url. */
  readonly credentialId: string;
  /** COSE_Key (RFC 9052 §7). */
  readonly publicKey: Uint8Array;
  /** How often it signed, where its authenticator counts; else 0. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  /** What its owner calls it may be a name. */
  readonly sealedName: Uint8Array;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Passkeys that a wallet or an officer has at most. */
export const MOST_PASSKEYS = 20;

/**
 * Whether a signature counter goes on as it should (Web Authentication Level 3, §6.1.1). One that does not rise was
 * made by a second copy of the key, where the authenticator counts at all.
 */
export function counterRises(kept: number, shown: number): boolean {
  return shown > kept || (shown === 0 && kept === 0);
}

/**
 * The user handle under which an authenticator keeps passkeys: 32 bytes as base64url that tell nothing to anybody
 * else. It differs by wallet, since an authenticator keeps one passkey for each handle: with one handle for a person,
 * a second phone that shares the first one's passkeys would overwrite the passkey of the first.
 */
export function userHandle(vault: Vault, owner: Owner): string {
  return vault.mac('user handle', owner.kind, owner.kind === 'holder' ? owner.wallet : owner.officer);
}

export function sealName(vault: Vault, id: Id<'passkey'>, name: string): Uint8Array {
  return vault.seal(utf8(name), nameContext(id));
}

export function openName(vault: Vault, { id, sealedName }: Passkey): string {
  return new TextDecoder().decode(vault.open(sealedName, nameContext(id)));
}

function nameContext(id: Id<'passkey'>): string {
  return `passkey ${id}`;
}
