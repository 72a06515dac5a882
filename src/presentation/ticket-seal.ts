import { hkdfSync } from 'node:crypto';
import type { Ticket } from '../formats/ticket.ts';
import { textOf, utf8 } from '../kernel/bytes.ts';
import type { Random } from '../kernel/world.ts';
import { open, seal } from '../keys/sealed.ts';
import type { SealedContent } from './presentation.ts';

/** What is sealed under a ticket: the presentation's claims, or the part of an answer that a repeat may need. */
type Use = 'claims' | 'answer';

/** Seals under a key derived from the ticket by HKDF-SHA256 (RFC 5869). The service does not keep the ticket. */
export function sealUnderTicket(ticket: Ticket, use: Use, content: object, random: Random): Uint8Array {
  return seal(ticketKey(ticket, use), utf8(JSON.stringify(content)), use, random);
}

/** The content that was sealed under this ticket, or null if it was another. */
export function openWithTicket<Content extends object = SealedContent>(
  ticket: Ticket,
  use: Use,
  sealed: Uint8Array,
): Content | null {
  const plain = open(ticketKey(ticket, use), sealed, use);
  const text = plain === null ? null : textOf(plain);
  return text === null ? null : (JSON.parse(text) as Content);
}

function ticketKey(ticket: Ticket, use: Use): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', utf8(ticket), '', `counterproof ticket ${use} v1`, 32));
}

/** The key under which only the wallet that holds the secret reads who asked. */
export function askingKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', utf8(secret), '', 'counterproof asking v1', 32));
}
