/** Credential offers (OpenID4VCI 1.0 §4.1) as the wallet meets them: a link, a QR, the offer behind it. */

import { isJsonObject, type JsonObject, member } from '../../formats/json.ts';

const SCHEME = 'openid-credential-offer:';
export const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** Where an offer is: behind an address, or spelled out. */
export type OfferLink =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'value'; readonly offer: unknown };

export interface TxCodeForm {
  readonly numeric: boolean;
  readonly length: number | null;
}

export interface Offer {
  readonly issuer: string;
  readonly configurations: readonly string[];
  readonly code: string;
  /** How the transaction code looks; null where none is asked. */
  readonly txCode: TxCodeForm | null;
}

/**
 * The link in what was scanned, pasted or opened: an offer's own link, or the wallet's address with one behind
 * `#offer=`. Null for anything else.
 */
export function readOfferLink(text: string): OfferLink | null {
  const url = urlOf(text.trim());
  if (url === null) return null;
  if (url.protocol !== SCHEME) {
    const inside = new URLSearchParams(url.hash.slice(1)).get('offer');
    return inside === null || urlOf(inside)?.protocol !== SCHEME ? null : readOfferLink(inside);
  }
  const address = url.searchParams.get('credential_offer_uri');
  if (address !== null) return urlOf(address) === null ? null : { kind: 'address', url: address };
  const value = url.searchParams.get('credential_offer');
  if (value === null) return null;
  try {
    return { kind: 'value', offer: JSON.parse(value) };
  } catch {
    return null;
  }
}

/** The offer, or null if it is none that can be redeemed with a pre-authorized code. */
export function readOffer(value: unknown): Offer | null {
  if (!isJsonObject(value)) return null;
  const issuer = member(value, 'credential_issuer');
  const configurations = member(value, 'credential_configuration_ids');
  const grants = member(value, 'grants');
  const grant = isJsonObject(grants) ? member(grants, GRANT) : undefined;
  const code = isJsonObject(grant) ? member(grant, 'pre-authorized_code') : undefined;
  if (typeof issuer !== 'string' || typeof code !== 'string' || !isJsonObject(grant)) return null;
  if (!Array.isArray(configurations) || !configurations.every((id) => typeof id === 'string')) return null;
  return { issuer, configurations, code, txCode: txCodeForm(grant) };
}

/** Asked for if the member is there, even where it is empty (§4.1.1). */
function txCodeForm(grant: JsonObject): TxCodeForm | null {
  const asked = member(grant, 'tx_code');
  if (!isJsonObject(asked)) return null;
  const length = member(asked, 'length');
  return {
    numeric: member(asked, 'input_mode') !== 'text',
    length: typeof length === 'number' && Number.isSafeInteger(length) && length > 0 ? length : null,
  };
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
