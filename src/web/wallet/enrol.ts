/** Enrolment: from an offer to a phone that holds its copies behind its own lock. One step for each screen. */

import type { CredentialType } from '../../kernel/credential-type.ts';
import type { beginRegistration, registerPasskey } from '../../passkeys/endpoints.ts';
import { call } from './call.ts';
import { findIssuer, type Issuer } from './issuer.ts';
import { type Lock, makeLock } from './lock.ts';
import { type Offer, type OfferLink, readOffer } from './offer.ts';
import type { PasskeyTrouble } from './passkey-device.ts';
import type { Phone } from './phone.ts';
import { type CollectTrouble, collectCopies, keepableTypes } from './redeem.ts';
import { sessionOf } from './sign-in.ts';
import { beginVault, type OpenVault } from './vault.ts';

/** An offer that was looked up, with nothing redeemed and nothing stored. */
export interface FoundOffer {
  readonly offer: Offer;
  readonly issuer: Issuer;
  readonly types: readonly CredentialType[];
}

export type OfferTrouble = 'unreachable' | 'gone' | 'not_an_offer' | 'other_service' | 'nothing_to_keep';

/** What an offer holds and how it is redeemed. Only this service's own offers are taken. */
export async function lookUp(phone: Phone, link: OfferLink): Promise<FoundOffer | OfferTrouble> {
  const read = link.kind === 'value' ? link.offer : await offerAt(phone, link.url);
  if (typeof read === 'string') return read as OfferTrouble;
  const offer = readOffer(read);
  if (offer === null) return 'not_an_offer';
  if (originOf(offer.issuer) !== phone.origin) return 'other_service';
  const issuer = await findIssuer(phone.fetch, offer.issuer);
  if (issuer === 'unreachable') return 'unreachable';
  if (issuer === 'not_an_issuer') return 'not_an_offer';
  const types = keepableTypes(issuer, offer.configurations);
  return types.length === 0 ? 'nothing_to_keep' : { offer, issuer, types };
}

async function offerAt({ fetch, origin }: Phone, url: string): Promise<unknown> {
  if (originOf(url) !== origin) return 'other_service';
  const answer = await call(fetch, url);
  if (answer === null || answer.status >= 500) return 'unreachable';
  return answer.status === 200 ? answer.body : 'gone';
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}

/** A phone that is locked with its own passkey, and empty yet. */
export interface Locked {
  readonly vault: OpenVault;
  readonly lock: Lock;
  /** Locks this wallet from anywhere; shown this once. Null where the wallet has one already. */
  readonly lockCode: string | null;
}

export type LockTrouble = PasskeyTrouble | 'unreachable' | 'offer_over';

/**
 * Registers the wallet's passkey with the token of its offer, and begins the vault that this passkey opens, together
 * with a PIN where one was chosen.
 */
export async function lockPhone(
  phone: Phone,
  issuer: Issuer,
  token: string,
  pin: string | null = null,
): Promise<Locked | LockTrouble> {
  const { passkeys, service, world } = phone;
  const begun = await service<typeof beginRegistration>('POST /v1/passkeys/registrations', { token });
  if (begun.kind !== 'answered') return begun.kind === 'refused' ? 'offer_over' : 'unreachable';
  const { challenge_id, options } = begun.body;
  const made = await passkeys.create(options);
  if (typeof made === 'string') return made;
  const body = { challenge_id, credential: made.proof };
  const done = await service<typeof registerPasskey>('POST /v1/passkeys', { token, body });
  if (done.kind !== 'answered') return done.kind === 'refused' ? 'offer_over' : 'unreachable';

  const secret = made.secret ?? (await secretOf(phone, made.passkey));
  const { lock, key } = await makeLock(world, { passkey: made.passkey, secret, pin });
  const { session, lock_code } = done.body;
  const vault = await beginVault(phone, { issuer: issuer.id, wallet: session.wallet_id, lock }, key);
  await vault.keepSession(sessionOf(session, world.now()));
  return { vault, lock, lockCode: lock_code };
}

/** Many passkeys yield their secret only when they are used, not when they are made: then they are touched again. */
async function secretOf({ passkeys }: Phone, passkey: string): Promise<Uint8Array | null> {
  const again = await passkeys.unlock(passkey);
  return typeof again === 'string' ? null : again.secret;
}

/** Fills a vault with all that a token is good for, and tells each type as it begins. */
export async function fill(
  phone: Phone,
  { issuer, types, token }: { issuer: Issuer; types: readonly CredentialType[]; token: string },
  vault: OpenVault,
  begins: (type: CredentialType) => void = () => {},
): Promise<CollectTrouble | null> {
  for (const type of types) {
    begins(type);
    const copies = await collectCopies(phone, issuer, token, type);
    if (typeof copies === 'string') return copies;
    await vault.stock(copies);
  }
  return null;
}
