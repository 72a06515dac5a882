/**
 * DER (X.690) as certificates need it: read strictly, so that equal content has one spelling only. Lengths are definite
 * and minimal, tags have one byte, and nothing is left over.
 */

import type { Bytes } from '../kernel/bytes.ts';

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

/** One element: its tag, what is in it, and all of its bytes. */
export interface Element {
  readonly tag: number;
  readonly content: Bytes;
  readonly whole: Bytes;
}

const LONG = 0x80;
/** Lengths of more bytes than this belong to nothing that is read here. */
const LONGEST_LENGTH = 2;

/** The elements that stand one after another in bytes; null unless they fill them to the last. */
export function readElements(bytes: Bytes): readonly Element[] | null {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at);
    if (element === null) return null;
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

/** The content of bytes that are one element of this tag, and nothing more. */
export function contentOf(bytes: Bytes, tag: number): Bytes | null {
  const element = elementAt(bytes, 0);
  return element?.tag === tag && element.whole.length === bytes.length ? element.content : null;
}

/** What stands in a SEQUENCE. */
export function sequence(element: Element | undefined): readonly Element[] | null {
  return element?.tag === TAG.sequence ? readElements(element.content) : null;
}

/** A positive INTEGER in its shortest form as so many big-endian bytes; null if it is none or needs more. */
export function positive(element: Element | undefined, length: number): Bytes | null {
  if (element?.tag !== TAG.integer) return null;
  const [first = LONG, second = 0] = element.content;
  const padded = first === 0;
  if (first >= LONG || (padded && second < LONG)) return null;
  const digits = element.content.subarray(padded ? 1 : 0);
  if (digits.length > length) return null;
  const bytes = new Uint8Array(length);
  bytes.set(digits, length - digits.length);
  return bytes;
}

/** The bytes of a BIT STRING of whole bytes. */
export function wholeBits(element: Element | undefined): Bytes | null {
  return element?.tag === TAG.bitString && element.content[0] === 0 ? element.content.subarray(1) : null;
}

/** An instant as certificates have it (RFC 5280 §4.1.2.5): UTCTime before 2050 and GeneralizedTime from then on. */
export function instant(element: Element | undefined): Date | null {
  const text = String.fromCharCode(...(element?.content ?? []));
  const year = /^(\d{2})\d{10}Z$/.test(text) ? century(text) + text : text;
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(year);
  const early = Number(year.slice(0, 4)) < 2050;
  if (parts === null || element?.tag !== (early ? TAG.utcTime : TAG.generalizedTime)) return null;
  if ((text.length === 13) !== (element.tag === TAG.utcTime)) return null;
  const [, y, month, day, hour, minute, second] = parts;
  const spelled = `${y}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = new Date(spelled);
  return !Number.isNaN(at.getTime()) && at.toISOString() === spelled ? at : null;
}

function century(text: string): string {
  return Number(text.slice(0, 2)) < 50 ? '20' : '19';
}

function elementAt(bytes: Bytes, at: number): Element | null {
  const [tag = 0x1f, first = LONG] = bytes.subarray(at, at + 2);
  // A tag of several bytes is nothing that a certificate has.
  if ((tag & 0x1f) === 0x1f) return null;
  const more = first < LONG ? 0 : first - LONG;
  if (first >= LONG && (more === 0 || more > LONGEST_LENGTH)) return null;
  const start = at + 2 + more;
  const length =
    more === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const least = more === 0 ? 0 : more === 1 ? LONG : 0x100;
  if (length < least || start + length > bytes.length) return null;
  return { tag, content: bytes.slice(start, start + length), whole: bytes.slice(at, start + length) };
}
