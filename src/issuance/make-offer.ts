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
import { makeTxCode, OFFER_HOURS, type OpenOffer } from './offer.ts';
import type { OfferStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ people: PeopleStore; offers: OfferStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  readonly issuerUrl: string;
  readonly timeZone: string;
}

/** An offer as the officer gets it, once: the link goes one way to the holder, the code another. */
export interface MadeOffer {
  readonly id: Id<'offer'>;
  readonly offerUri: string;
  readonly walletUrl: string;
  readonly txCode: string;
  readonly expiresAt: Date;
}

/**
 * Offers a person credentials: those named, or all that the person has today. `conflict` if the person is suspended
 * or revoked; `invalid_request` for a credential that the person does not have.
 */
export async function makeOffer(
  needs: Needs,
  personId: Id<'person'>,
  wanted: readonly CredentialType[] | null,
  actor: Actor,
): Promise<MadeOffer> {
  const { world, vault, issuerUrl } = needs;
  const now = world.now();
  const id = needs.mint('offer');
  const reference = base64url(world.random(32));
  const txCode = makeTxCode(world.random);
  const expiresAt = new Date(now.getTime() + OFFER_HOURS * 3_600_000);

  await needs.transact(async ({ people, offers, audit }) => {
    const sealed = await people.hold(personId);
    if (sealed === null) throw noSuchPerson();

    const { state, facts } = openPerson(vault, sealed);
    if (state !== 'active') throw new Fault('conflict', `A person who is ${state} is offered nothing.`);
    const credentials = chosen(credentialsOf(facts, dateIn(needs.timeZone, now)), wanted);
    const txCodeMac = vault.mac('transaction code', id, txCode);
    const offer: OpenOffer = {
      id,
      person: personId,
      credentials,
      txCodeMac,
      tries: 0,
      createdAt: now,
      expiresAt,
    };

    await offers.add(offer, { reference: hash(reference), code: hash(offerCode(vault, reference)) });
    await audit.record({ action: 'offer.made', actor, subject: id });
  });

  const byReference = encodeURIComponent(`${issuerUrl}/oid4vci/offers/${reference}`);
  const offerUri = `openid-credential-offer://?credential_offer_uri=${byReference}`;
  const walletUrl = `${issuerUrl}/wallet#offer=${encodeURIComponent(offerUri)}`;
  return { id, offerUri, walletUrl, txCode, expiresAt };
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
