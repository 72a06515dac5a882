import { readDigits } from '../formats/digits.ts';
import { type Pass, readPass } from '../formats/pass.ts';
import { readTicket, type Ticket } from '../formats/ticket.ts';
import { readTestToken, type TestOutcome } from './test-token.ts';

/** What a scanned code is. */
export type Token =
  | { readonly kind: 'ticket'; readonly ticket: Ticket }
  | { readonly kind: 'pass'; readonly pass: Pass }
  | { readonly kind: 'test'; readonly outcome: TestOutcome }
  | { readonly kind: 'malformed' };

const MALFORMED: Token = { kind: 'malformed' };

/**
 * Reads a scanned code, with no signature checked. A live terminal knows no test token, and a test terminal knows
 * nothing else.
 */
export function readToken(text: string, live: boolean): Token {
  const digits = readDigits(text);
  if (digits === null) return MALFORMED;
  if (live) {
    const ticket = readTicket(digits);
    if (ticket !== null) return { kind: 'ticket', ticket };
    const pass = readPass(digits);
    return pass === null ? MALFORMED : { kind: 'pass', pass };
  }
  const outcome = readTestToken(digits);
  return outcome === null ? MALFORMED : { kind: 'test', outcome };
}
