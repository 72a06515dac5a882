/** A code that is typed by hand: the 34 digits under the QR code, in groups of four. */

import { checkDigitsHold } from '../../formats/digits.ts';

/** How long codes are that people can type; a test code is as long as a ticket. */
const LENGTH = 34;
const GROUP = 4;
const TICKET = '1';
const TEST = '9';

export type TypedCode =
  | { readonly is: 'unfinished'; readonly digits: string; readonly missing: number }
  | { readonly is: 'wrong'; readonly digits: string; readonly why: 'beginning' | 'test_code' | 'digit' }
  | { readonly is: 'whole'; readonly digits: string };

/** What was typed so far, judged as soon as it can be: the first digit at once, the check digits with the last. */
export function readTyped(typed: string, live: boolean): TypedCode {
  const digits = digitsIn(typed).slice(0, LENGTH);
  const first = digits.charAt(0);
  if (first !== '' && first !== (live ? TICKET : TEST)) {
    return { is: 'wrong', digits, why: live && first === TEST ? 'test_code' : 'beginning' };
  }
  if (digits.length < LENGTH) return { is: 'unfinished', digits, missing: LENGTH - digits.length };
  return checkDigitsHold(digits) ? { is: 'whole', digits } : { is: 'wrong', digits, why: 'digit' };
}

/** The digits of a text, in whichever of the usual numerals. */
export function digitsIn(text: string): string {
  return Array.from(text, digitOf).join('');
}

/** One character as a digit from 0 to 9, also Arabic and Persian ones; anything else is empty. */
export function digitOf(character: string): string {
  if (/^[0-9]$/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  for (const zero of [0x0660, 0x06f0]) if (code >= zero && code <= zero + 9) return String(code - zero);
  return '';
}

/** In fours, as they are read out. */
export function grouped(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** Every group of a whole code, filled as far as it was typed. */
export function groupsOf(digits: string): readonly { readonly text: string; readonly size: number }[] {
  return Array.from({ length: Math.ceil(LENGTH / GROUP) }, (_, i) => ({
    text: digits.slice(i * GROUP, (i + 1) * GROUP),
    size: Math.min(GROUP, LENGTH - i * GROUP),
  }));
}
