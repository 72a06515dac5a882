import type { Id } from '../kernel/ids.ts';
import type { Owner } from './passkey.ts';

/** Whose a row is: exactly one of the two is there. Of a challenge to sign in with, neither. */
export interface OwnerColumns {
  readonly wallet_id: Id<'wallet'> | null;
  readonly officer_id: Id<'officer'> | null;
}

export function ownerWhere(owner: Owner): Partial<OwnerColumns> {
  return owner.kind === 'holder' ? { wallet_id: owner.wallet } : { officer_id: owner.officer };
}

export function ownerColumns(owner: Owner | null): OwnerColumns {
  return { wallet_id: null, officer_id: null, ...(owner && ownerWhere(owner)) };
}

export function ownerOf({ wallet_id, officer_id }: OwnerColumns): Owner | null {
  if (wallet_id !== null) return { kind: 'holder', wallet: wallet_id };
  return officer_id === null ? null : { kind: 'officer', officer: officer_id };
}

/** The owner of a row that has one. */
export function someOwner(row: OwnerColumns): Owner {
  const owner = ownerOf(row);
  if (owner === null) throw new Error('a passkey or session belongs to nobody');
  return owner;
}
