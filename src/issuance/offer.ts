import type { CredentialType } from '../kernel/credential-type.ts';
import type { Id } from '../kernel/ids.ts';
import type { Random } from '../kernel/world.ts';

/** Hours for which an offer can be redeemed. */
export const OFFER_HOURS = 24;
/** Wrong transaction codes after which an offer is dead. */
export const MOST_TRIES = 5;
export const TX_CODE_LENGTH = 6;

/** An offer that can still be redeemed. */
export interface OpenOffer {
  readonly id: Id<'offer'>;
  readonly person: Id<'person'>;
  readonly credentials: readonly CredentialType[];
  /** Keyed hash of the transaction code: six digits would not survive a plain one. */
  readonly txCodeMac: string;
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
export function credentialOffer(issuerUrl: string, credentials: readonly CredentialType[], code: string) {
  return {
    credential_issuer: issuerUrl,
    credential_configuration_ids: [...credentials],
    grants: {
      'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
        'pre-authorized_code': code,
        tx_code: {
          input_mode: 'numeric' as const,
          length: TX_CODE_LENGTH,
          description: 'The six digits that you were given apart from this offer',
        },
      },
    },
  };
}
