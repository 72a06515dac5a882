import { mintTicket, type Ticket } from '../../src/formats/ticket.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { hash } from '../../src/keys/hash.ts';
import type { KeptPresentation, SealedContent } from '../../src/presentation/presentation.ts';
import { sealUnderTicket } from '../../src/presentation/ticket-seal.ts';
import { LIST_SIZE } from '../../src/status/status-list.ts';
import { placeKey } from '../../src/status/store.ts';
import type { BenchService } from './service.ts';

/** Rows of one statement, which SQLite bounds. */
export const ROWS = 500;

/**
 * How long a seeded ticket lives, in milliseconds: longer than the 58 s of a real one, so that the many that a round
 * leaves over are not all forgotten at once by the sweep in the middle of a later round, which real tickets are not.
 */
const LIFETIME = 3_600_000;
const DAY = 86_400_000;

/** Puts so many tickets into the tables, each of its own copy, as if their presentations had just been uploaded. */
export type SeedTickets = (count: number) => Promise<readonly Ticket[]>;

export function ticketSeeder(bench: BenchService): SeedTickets {
  const placesFor = placeTaker(bench);
  return async (count) => {
    const tickets: Ticket[] = [];
    while (tickets.length < count) {
      const places = await placesFor(Math.min(ROWS, count - tickets.length));
      const made = places.map((place) => presentationOf(bench, place));
      await bench.service.transact(({ presentations }) =>
        presentations.add(made.map(({ presentation }) => presentation)),
      );
      tickets.push(...made.map(({ ticket }) => ticket));
    }
    return tickets;
  };
}

/** Hands out the places of one list, from the beginning again once all were. */
function placeTaker({ service }: BenchService): (count: number) => Promise<readonly string[]> {
  const list: Id<'status_list'> = service.mint('status_list');
  const content = {
    person: service.mint('person'),
    wallet: service.mint('wallet'),
    credential: 'age' as const,
    invalidFrom: null,
    expiresAt: new Date(Date.now() + DAY),
  };
  let next = 0;
  return async (count) => {
    const indexes = Array.from({ length: count }, (_, i) => (next + i) % LIST_SIZE);
    const first = next === 0;
    if (next < LIST_SIZE) {
      await service.transact(async ({ statuses }) => {
        if (first) await statuses.addList(list, service.ring.signer('issuer').kid);
        await statuses.take(list, indexes, content);
      });
    }
    next += count;
    return indexes.map((index) => placeKey({ list, index }));
  };
}

function presentationOf(
  { service, world }: BenchService,
  copy: string,
): { ticket: Ticket; presentation: KeptPresentation } {
  const ticket = mintTicket(world.random);
  const now = world.now();
  const content: SealedContent = {
    claims: { credential: 'age', ages: { 18: true }, statuses: {}, identity: {} },
    askingKey: base64url(world.random(32)),
  };
  return {
    ticket,
    presentation: {
      id: service.mint('presentation'),
      ticketHash: hash(ticket),
      secretHash: hash(base64url(world.random(32))),
      state: 'open',
      copy,
      sealedClaims: sealUnderTicket(ticket, 'claims', content, world.random),
      presentedAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME),
    },
  };
}
