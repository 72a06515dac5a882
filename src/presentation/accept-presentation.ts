import { mintTicket, type Ticket } from '../formats/ticket.ts';
import { base64url } from '../kernel/bytes.ts';
import { dateIn } from '../kernel/calendar-date.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { NonceStore } from '../nonces/store.ts';
import { placeKey, type StatusStore } from '../status/store.ts';
import { type CheckedPresentation, invalidPresentation } from './check-presentation.ts';
import { TICKET_LIFETIME } from './presentation.ts';
import type { PresentationStore } from './store.ts';
import { askingKey, sealUnderTicket } from './ticket-seal.ts';

interface Stores {
  readonly nonces: NonceStore;
  readonly statuses: Pick<StatusStore, 'statusesOf'>;
  readonly presentations: PresentationStore;
}

interface Needs {
  readonly transact: Transact<Stores>;
  readonly world: World;
  readonly mint: Mint;
  readonly check: (text: string, now: Date) => Promise<CheckedPresentation>;
  readonly timeZone: string;
}

/** What the wallet gets: the ticket to show, and the secret with which it learns what became of it. */
export interface Accepted {
  readonly id: Id<'presentation'>;
  readonly ticket: Ticket;
  readonly expiresAt: Date;
  readonly secret: string;
}

/**
 * Takes an uploaded presentation and answers a ticket for it. What was disclosed is sealed under the ticket, which is
 * not kept. Refuses as `invalid_presentation` what does not hold, a nonce that was used, and a copy that is suspended
 * or revoked; a refused upload uses nothing up.
 */
export async function acceptPresentation(needs: Needs, text: string): Promise<Accepted> {
  const { world } = needs;
  const now = world.now();
  const checked = await needs.check(text, now);
  const copy = placeKey(checked.place);
  const ticket = mintTicket(world.random);
  const secret = base64url(world.random(32));
  const content = { claims: checked.claims, askingKey: base64url(askingKey(secret)) };
  const accepted = {
    id: needs.mint('presentation'),
    ticket,
    expiresAt: new Date(now.getTime() + TICKET_LIFETIME * 1000),
    secret,
  };

  await needs.transact(async ({ nonces, statuses, presentations }) => {
    const standing = await statuses.statusesOf([checked.place], dateIn(needs.timeZone, now));

    const status = standing.get(copy);
    if (status === undefined) throw invalidPresentation('unknown_copy');
    if (status !== 'valid') throw invalidPresentation(status);

    if (!(await nonces.use(checked.nonce, checked.nonceExpiry))) throw invalidPresentation('used_nonce');
    await presentations.add({
      id: accepted.id,
      ticketHash: hash(ticket),
      secretHash: hash(secret),
      state: 'open',
      copy,
      sealedClaims: sealUnderTicket(ticket, 'claims', content, world.random),
      presentedAt: now,
      expiresAt: accepted.expiresAt,
    });
  });
  return accepted;
}
