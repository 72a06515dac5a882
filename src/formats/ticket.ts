/** Tickets: random numbers that stand for an uploaded presentation; to the digit what a version-1 QR holds. */

import { checkDigitsHold, withCheckDigits } from './digits.ts';

const MARK = '1';
const RANDOM_DIGITS = 31;
const LENGTH = 34;
/** Bytes from here on would favour the digits 0 to 5, so they are thrown away. */
const UNBIASED = 250;
const ROUNDS = 64;

export type Ticket = string & { readonly of: 'ticket' };

/** A new ticket: `1`, 31 uniformly random digits (103 bits) and 2 check digits of MOD 97-10. */
export function mintTicket(random: (length: number) => Uint8Array): Ticket {
  let digits = '';
  for (let round = 0; digits.length < RANDOM_DIGITS; round++) {
    if (round === ROUNDS) throw new Error('the source of randomness is not random');
    for (const byte of random(RANDOM_DIGITS)) if (byte < UNBIASED) digits += String(byte % 10);
  }
  return withCheckDigits(MARK + digits.slice(0, RANDOM_DIGITS)) as Ticket;
}

/** The ticket that a string of digits is, or null: wrong length, another kind of token, or check digits that do not hold. */
export function readTicket(digits: string): Ticket | null {
  if (digits.length !== LENGTH || !digits.startsWith(MARK)) return null;
  return checkDigitsHold(digits) ? (digits as Ticket) : null;
}
