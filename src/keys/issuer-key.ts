import type { P256PublicJwk } from '../formats/jwk.ts';
import type { Id } from '../kernel/ids.ts';

/**
 * What a key signs. `root`: certificates. `issuer`: credentials and status lists. `document`: receipts and other
 * documents of live terminals. `test`: the same of test terminals, and never published beside the others.
 */
export type Purpose = 'root' | 'issuer' | 'document' | 'test';

/**
 * Where a key stands. `next` is published before it signs, so that verifiers know it in time; `retired`
 * goes on signing the status lists of its credentials until they have expired; `destroyed` has no private part any
 * more.
 */
export type KeyState = 'next' | 'active' | 'retired' | 'destroyed';

/** The purposes that rotate. The root does not: whoever pins it relies on it. */
export const ROTATING: readonly Exclude<Purpose, 'root'>[] = ['issuer', 'document', 'test'];

/** Whose signatures are checked by those who know nothing of the service but its root. */
export const CERTIFIED: readonly Purpose[] = ['issuer', 'document'];

/** A signing key as it is kept. */
export interface IssuerKey {
  readonly id: Id<'issuer_key'>;
  readonly purpose: Purpose;
  readonly state: KeyState;
  /** The `PUBLIC_URL` that it speaks for. */
  readonly issuerUrl: string;
  readonly publicJwk: P256PublicJwk;
  /** PKCS#8, sealed under the master key; null once destroyed. */
  readonly sealedPrivate: Uint8Array | null;
  /** Base64 DER, for `root`, `issuer` and `document`; null for a key of documents from before they had one. */
  readonly certificate: string | null;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

/**
 * Whether verifiers still need the key: one of an issuer for as long as what it signed can be valid, one of documents
 * for ever, since receipts are evidence and never expire.
 */
export function isPublished({ purpose, state }: IssuerKey): boolean {
  return state !== 'destroyed' || purpose === 'document' || purpose === 'test';
}

/** Whether everything that a retired key signed has expired by now. */
export function isOver(key: IssuerKey, now: Date, lifetimeDays: number): boolean {
  if (key.state !== 'retired' || key.retiredAt === null) return false;
  const dayAfter = (lifetimeDays + 1) * 86_400_000;
  return now.getTime() > key.retiredAt.getTime() + dayAfter;
}
