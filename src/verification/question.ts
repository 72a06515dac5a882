import type { Ticket } from '../formats/ticket.ts';
import type { Callers } from '../http/caller.ts';
import type { CheckedPass, CheckPass } from '../judgement/check-pass.ts';
import { readToken, type Token } from '../judgement/read-token.ts';
import { hash } from '../keys/hash.ts';

/** What a till asks for: policies, or claims. */
export type Ask = { readonly portrait: boolean } & (
  | { readonly policies: readonly string[]; readonly claims?: never }
  | { readonly claims: readonly string[]; readonly policies?: never }
);

/** A question as it came in. */
export interface Question {
  readonly terminal: Callers['terminal'];
  readonly token: string;
  readonly ask: Ask;
  /** When the till says it scanned: recorded, never believed. */
  readonly scannedAt: Date | null;
  /** The till's own words for the sale. */
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

/** A question read: what the code is, and what tells it from other questions. */
export interface ReadQuestion extends Question {
  readonly read: Token;
  readonly ticket: Ticket | null;
  readonly ticketHash: string | null;
  /** The pass, its signatures checked. */
  readonly pass: CheckedPass | null;
  /** Same terminal, token, ask and reference: the same question asked again. */
  readonly questionHash: string;
  /** Hash of everything that was sent, for the idempotency key. */
  readonly bodyHash: string;
  /** Terminal, route and idempotency key, hashed; null without a key. */
  readonly scope: string | null;
}

/** Reads the code of a question, and checks the signatures of a pass; no store is needed for that. */
export async function readQuestion(question: Question, checkPass: CheckPass): Promise<ReadQuestion> {
  const { terminal, token, ask, reference, scannedAt, idempotencyKey } = question;
  const read = readToken(token, terminal.live);
  const ticket = read.kind === 'ticket' ? read.ticket : null;
  const pass = read.kind === 'pass' ? await checkPass(read.pass) : null;
  const asked = [ask.policies ?? null, ask.claims ?? null, ask.portrait, reference];
  const key = ['POST /v1/verifications', terminal.terminal, idempotencyKey];
  return {
    ...question,
    read,
    ticket,
    ticketHash: ticket === null ? null : hash(ticket),
    pass,
    questionHash: hash(JSON.stringify([terminal.terminal, ticket ?? pass?.mark ?? token, ...asked])),
    bodyHash: hash(JSON.stringify([token, scannedAt, ...asked])),
    scope: idempotencyKey === null ? null : hash(JSON.stringify(key)),
  };
}
