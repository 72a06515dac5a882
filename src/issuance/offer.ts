import type { CredentialType } from '../kernel/credential-type.ts';
import type { Id } from '../kernel/ids.ts';
import type { Random } from '../kernel/world.ts';

/** Milliseconds for which an offer can be redeemed: a day for one that an officer hands over. */
export const OFFER_LIFETIME = 24 * 3_600_000;
/** Nothing but its link guards an offer that a wallet asked for, so it is short. */
export const WALLET_OFFER_LIFETIME = 600_000;
/** Wrong transaction codes after which an offer is dead. */
export const MOST_TRIES = 5;
export const TX_CODE_LENGTH = 6;

/** An offer that can still be redeemed. */
export interface OpenOffer {
  readonly id: Id<'offer'>;
  readonly person: Id<'person'>;
  readonly credentials: readonly CredentialType[];
  /** Keyed hash of the transaction code: six digits would not survive a plain one. Null where it takes none. */
  readonly txCodeMac: string | null;
  /** The wallet that asked for it, and whether redeeming fills that wallet again or makes another. */
  readonly asker: { readonly wallet: Id<'wallet'>; readonly refill: boolean } | null;
  /** Codes tried so far, right or wrong. */
  readonly tries: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A transaction code: six uniformly random digits. */
export function makeTxCode(random: Random): string {
  let digits = '';
  while (digits.length < TX_CODE_LENGTH) {
    for (const byte of random(TX_CODE_LENGTH)) if (byte < 250) digits += String(byte % 10);
  }
  return digits.slice(0, TX_CODE_LENGTH);
}

/** The offer as wallets read it (OpenID4VCI 1.0 §4.1.1). */
export function credentialOffer(
  issuerUrl: string,
  { credentials, txCodeMac }: Pick<OpenOffer, 'credentials' | 'txCodeMac'>,
  code: string,
) {
  return {
    credential_issuer: issuerUrl,
    credential_configuration_ids: [...credentials],
    grants: {
      'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
        'pre-authorized_code': code,
        ...(txCodeMac !== null && { tx_code: TX_CODE }),
      },
    },
  };
}

const TX_CODE = {
  input_mode: 'numeric',
  length: TX_CODE_LENGTH,
  description: 'The six digits that you were given apart from this offer',
} as const;
