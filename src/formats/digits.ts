/** Digits as people type them and scanners send them, and check digits of ISO/IEC 7064, MOD 97-10. */

const IGNORED = /[ -]/g;
const DIGITS = /^[0-9]+$/;
const LONGEST = 1_024;
const LONGEST_WITH_SEPARATORS = 4 * LONGEST;
const MODULUS = 97;

/**
 * The digits of a text, of which ASCII spaces and dashes are ignored; null if anything else is in it, if no digit is
 * left, or if it is longer than any token can be (1,024 digits, 4,096 characters).
 */
export function readDigits(text: string): string | null {
  if (text.length > LONGEST_WITH_SEPARATORS) return null;
  const digits = text.replace(IGNORED, '');
  return DIGITS.test(digits) && digits.length <= LONGEST ? digits : null;
}

/** The digits with two more, so that the whole number is 1 modulo 97. */
export function withCheckDigits(body: string): string {
  const check = MODULUS + 1 - remainder(`${body}00`);
  return body + String(check).padStart(2, '0');
}

/** Whether the whole number, check digits included, is 1 modulo 97. */
export function checkDigitsHold(digits: string): boolean {
  return DIGITS.test(digits) && remainder(digits) === 1;
}

function remainder(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % MODULUS;
  return rest;
}
