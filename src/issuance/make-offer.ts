import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { base64url } from '../kernel/bytes.ts';
import { dateIn } from '../kernel/calendar-date.ts';
import type { CredentialType } from '../kernel/credential-type.ts';
import { Fault, wrongField } from '../kernel/fault.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { Vault } from '../keys/vault.ts';
import { noSuchPerson } from '../people/mend-person.ts';
import { credentialsOf } from '../people/person.ts';
import { openPerson } from '../people/sealed-person.ts';
import type { PeopleStore } from '../people/store.ts';
import type { WalletStore } from '../wallets/store.ts';
import { makeTxCode, OFFER_LIFETIME, type OpenOffer, WALLET_OFFER_LIFETIME } from './offer.ts';
import type { OfferStore } from './store.ts';

interface Stores {
  readonly people: Pick<PeopleStore, 'hold'>;
  readonly offers: Pick<OfferStore, 'add'>;
  readonly audit: AuditStore;
}

interface Needs<More = unknown> {
  readonly transact: Transact<Stores & More>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  readonly issuerUrl: string;
  readonly timeZone: string;
}

/** An offer as whoever asked for it gets it, once. */
export interface WalletOffer {
  readonly id: Id<'offer'>;
  readonly offerUri: string;
  readonly walletUrl: string;
  readonly expiresAt: Date;
}

/** An offer as an officer gets it, once: the link goes one way to the holder, the code another. */
export interface MadeOffer extends WalletOffer {
  readonly txCode: string;
}

/**
 * Offers a person credentials: those named, or all that the person has today. `conflict` if the person is suspended
 * or revoked; `invalid_request` for a credential that the person does not have.
 */
export async function makeOffer(
  needs: Needs,
  person: Id<'person'>,
  wanted: readonly CredentialType[] | null,
  actor: Actor,
): Promise<MadeOffer> {
  const txCode = makeTxCode(needs.world.random);
  const draft = draftOffer(needs, person, OFFER_LIFETIME);
  const txCodeMac = needs.vault.mac('transaction code', draft.id, txCode);

  await needs.transact((stores) =>
    keepOffer(stores, needs, { ...draft, wanted, txCodeMac, asker: null, actor }),
  );
  return { ...toldOf(needs, draft), txCode };
}

/**
 * Offers a holder all that the person has today, with no transaction code: the verification of the user stands in its
 * place. It fills the wallet again or enrols a new one. `conflict` if the person is suspended or revoked.
 */
export async function makeWalletOffer(
  needs: Needs<{ readonly wallets: Pick<WalletStore, 'hold'> }>,
  { person, wallet }: { readonly person: Id<'person'>; readonly wallet: Id<'wallet'> },
  refill: boolean,
): Promise<WalletOffer> {
  const draft = draftOffer(needs, person, WALLET_OFFER_LIFETIME);

  await needs.transact(async (stores) => {
    // Held, so that an offer is never made by a wallet that is being locked.
    const held = await stores.wallets.hold(wallet);
    if (held?.state !== 'active') throw new Fault('unauthenticated', 'The wallet is locked.');
    const asker = { wallet, refill };
    await keepOffer(stores, needs, { ...draft, wanted: null, txCodeMac: null, asker, actor: 'wallet' });
  });
  return toldOf(needs, draft);
}

interface Draft {
  readonly id: Id<'offer'>;
  readonly person: Id<'person'>;
  readonly reference: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

function draftOffer({ world, mint }: Needs, person: Id<'person'>, lifetime: number): Draft {
  const createdAt = world.now();
  const expiresAt = new Date(createdAt.getTime() + lifetime);
  return { id: mint('offer'), person, reference: base64url(world.random(32)), createdAt, expiresAt };
}

interface Kept extends Draft, Pick<OpenOffer, 'txCodeMac' | 'asker'> {
  readonly wanted: readonly CredentialType[] | null;
  readonly actor: Actor;
}

async function keepOffer(
  { people, offers, audit }: Stores,
  { vault, timeZone }: Needs,
  { reference, wanted, actor, ...draft }: Kept,
): Promise<void> {
  const sealed = await people.hold(draft.person);
  if (sealed === null) throw noSuchPerson();

  const { state, facts } = openPerson(vault, sealed);
  if (state !== 'active') throw new Fault('conflict', `A person who is ${state} is offered nothing.`);
  const credentials = chosen(credentialsOf(facts, dateIn(timeZone, draft.createdAt)), wanted);
  const offer: OpenOffer = { ...draft, credentials, tries: 0 };

  await offers.add(offer, { reference: hash(reference), code: hash(offerCode(vault, reference)) });
  await audit.record({ action: 'offer.made', actor, subject: draft.id });
}

function toldOf({ issuerUrl }: Needs, { id, reference, expiresAt }: Draft): WalletOffer {
  const byReference = encodeURIComponent(`${issuerUrl}/oid4vci/offers/${reference}`);
  const offerUri = `openid-credential-offer://?credential_offer_uri=${byReference}`;
  const walletUrl = `${issuerUrl}/wallet#offer=${encodeURIComponent(offerUri)}`;
  return { id, offerUri, walletUrl, expiresAt };
}

/** The pre-authorized code behind a reference. It is derived, not kept: whoever reads the tables learns no code. */
export function offerCode(vault: Vault, reference: string): string {
  return vault.mac('offer code', reference);
}

function chosen(
  has: readonly CredentialType[],
  wanted: readonly CredentialType[] | null,
): readonly CredentialType[] {
  if (wanted === null) return has;
  for (const [index, type] of wanted.entries()) {
    if (!has.includes(type)) {
      throw wrongField(`/credentials/${index}`, 'not_entitled', 'The person does not have this credential.');
    }
  }
  return has.filter((type) => wanted.includes(type));
}
