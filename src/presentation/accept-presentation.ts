import { mintTicket, type Ticket } from '../formats/ticket.ts';
import { base64url } from '../kernel/bytes.ts';
import { dateIn } from '../kernel/calendar-date.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { NonceStore } from '../nonces/store.ts';
import type { EntryStatus } from '../status/status-list.ts';
import { placeKey, type StatusStore } from '../status/store.ts';
import { type CheckedPresentation, invalidPresentation } from './check-presentation.ts';
import { type KeptPresentation, TICKET_LIFETIME } from './presentation.ts';
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
 * Takes a set of uploaded presentations that were checked and answers a ticket for each. What was disclosed is sealed
 * under the ticket, which is not kept. Refused as `invalid_presentation`, as values that take nothing from the others,
 * are a nonce that was used, and a copy that is suspended or revoked; a refused upload uses nothing up.
 */
export async function acceptAll(
  needs: Needs,
  uploads: readonly CheckedPresentation[],
): Promise<readonly (Accepted | Fault)[]> {
  const now = needs.world.now();
  const places = uploads.map(({ place }) => place);
  return needs.transact(async ({ nonces, statuses, presentations }) => {
    const standing = await statuses.statusesOf(places, dateIn(needs.timeZone, now));

    const faults = new Map(uploads.map((upload) => [upload, refused(standing.get(placeKey(upload.place)))]));
    const sound = firstOfEachNonce(uploads.filter((upload) => faults.get(upload) === null));

    const unused = await nonces.use(sound);
    const kept = new Map(
      sound
        .filter(({ nonce }) => unused.has(nonce))
        .map((upload) => [upload, keep(needs, upload, now)] as const),
    );
    await presentations.add([...kept.values()].map(({ presentation }) => presentation));
    return uploads.map(
      (upload) => kept.get(upload)?.accepted ?? faults.get(upload) ?? invalidPresentation('used_nonce'),
    );
  });
}

/** Answers one upload; throws what `acceptAll` answers as a `Fault`. */
export function acceptedOrThrow(answer: Accepted | Fault): Accepted {
  if (answer instanceof Fault) throw answer;
  return answer;
}

function refused(status: EntryStatus | undefined): Fault | null {
  if (status === undefined) return invalidPresentation('unknown_copy');
  return status === 'valid' ? null : invalidPresentation(status);
}

function firstOfEachNonce(uploads: readonly CheckedPresentation[]): readonly CheckedPresentation[] {
  const seen = new Set<string>();
  return uploads.filter(({ nonce }) => !seen.has(nonce) && seen.add(nonce));
}

function keep(
  { world, mint }: Needs,
  { claims, place }: CheckedPresentation,
  now: Date,
): { accepted: Accepted; presentation: KeptPresentation } {
  const ticket = mintTicket(world.random);
  const secret = base64url(world.random(32));
  const id = mint('presentation');
  const expiresAt = new Date(now.getTime() + TICKET_LIFETIME * 1000);
  const content = { claims, askingKey: base64url(askingKey(secret)) };
  const sealedClaims = sealUnderTicket(ticket, 'claims', content, world.random);
  return {
    accepted: { id, ticket, expiresAt, secret },
    presentation: {
      id,
      ticketHash: hash(ticket),
      secretHash: hash(secret),
      state: 'open',
      copy: placeKey(place),
      sealedClaims,
      presentedAt: now,
      expiresAt,
    },
  };
}
