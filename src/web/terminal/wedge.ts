/**
 * A scanner that types, told from fingers by its speed. It is read on any keyboard layout, with Caps Lock on, with or
 * without an end mark (CR, LF, TAB), with an AIM prefix (`]Q1`), and when it says everything twice.
 */

import { digitOf } from './typed-code.ts';

/** A key as the browser reports it. `at` is in milliseconds of any clock that only runs forward. */
export interface Key {
  readonly key: string;
  readonly code: string;
  readonly control: boolean;
  readonly at: number;
}

export type EndMark = 'enter' | 'tab' | 'none';

/** What a scanner typed. */
export interface Reading {
  readonly text: string;
  /** The AIM identifier that came before it, such as `]Q1`. */
  readonly aim: string | null;
  readonly end: EndMark;
  /** Milliseconds from key to key, on average. */
  readonly pace: number;
  /** Whether digits came as other characters, as they do on another keyboard layout. */
  readonly otherLayout: boolean;
}

interface Typed {
  readonly character: string;
  readonly at: number;
  readonly otherLayout: boolean;
}

/** What was typed without a pause so far. */
export interface Wedge {
  readonly typed: readonly Typed[];
  /** When a reading ended: an end mark of two characters has its second one still to come. */
  readonly endedAt: number;
}

export const QUIET: Wedge = { typed: [], endedAt: Number.NEGATIVE_INFINITY };

/** Milliseconds without a key after which a reading is over: nothing more of it will come. */
export const PAUSE = 100;
/** Nobody types faster than this, and hardly any scanner slower. */
const SLOWEST_PACE = 50;
/** The shortest barcode of a product. */
const LEAST = 8;
/** Without an end mark only what is as long as a code of ours is taken, so that no fast fingers count as one. */
const LEAST_WITHOUT_END = 20;
const CODE_LENGTH = 34;

export interface Heard {
  readonly wedge: Wedge;
  readonly reading: Reading | null;
  /** Whether the key belongs to a scanner, and the page should do nothing else with it. */
  readonly swallow: boolean;
}

/** Hears one key. */
export function hear(wedge: Wedge, key: Key): Heard {
  const last = wedge.typed.at(-1);
  const typed = last !== undefined && key.at - last.at <= PAUSE ? wedge.typed : [];
  const end = endMarkOf(key);
  if (end !== null) {
    const reading = readingOf(typed, end, LEAST);
    const echo = typed.length === 0 && key.at - wedge.endedAt <= PAUSE;
    const endedAt = reading !== null || echo ? key.at : wedge.endedAt;
    return { wedge: { typed: [], endedAt }, reading, swallow: reading !== null || echo };
  }
  const character = characterOf(key);
  if (character === null) return { wedge: { ...wedge, typed }, reading: null, swallow: false };
  const otherLayout = character !== key.key && /\d/.test(character);
  return {
    wedge: { ...wedge, typed: [...typed, { character, at: key.at, otherLayout }] },
    reading: null,
    // A space presses the button that has the focus; in the midst of a reading it belongs to the code.
    swallow: key.key === ' ' && typed.length > 1 && paceOf(typed) <= SLOWEST_PACE,
  };
}

/** Ends what has paused: a reading if a scanner without an end mark typed it. */
export function pause(wedge: Wedge, at: number): Heard {
  const last = wedge.typed.at(-1);
  if (last === undefined || at - last.at < PAUSE) return { wedge, reading: null, swallow: false };
  const reading = readingOf(wedge.typed, 'none', LEAST_WITHOUT_END);
  return { wedge: QUIET, reading, swallow: false };
}

function readingOf(typed: readonly Typed[], end: EndMark, least: number): Reading | null {
  const pace = paceOf(typed);
  if (typed.length < least || pace > SLOWEST_PACE) return null;
  const raw = typed.map(({ character }) => character).join('');
  const aim = /^\][A-Za-z]\d/.exec(raw)?.[0] ?? null;
  const text = once(aim === null ? raw : raw.slice(aim.length), aim);
  return { text, aim, end, pace, otherLayout: typed.some(({ otherLayout }) => otherLayout) };
}

/** A text that is the same twice was scanned twice. */
function once(text: string, aim: string | null): string {
  const half = text.slice(0, Math.floor((text.length - (aim?.length ?? 0)) / 2));
  const twice = text === half + (aim ?? '') + half;
  return twice && half.length >= CODE_LENGTH ? half : text;
}

function paceOf(typed: readonly Typed[]): number {
  const [first, last] = [typed[0], typed.at(-1)];
  if (first === undefined || last === undefined || typed.length < 2) return Number.POSITIVE_INFINITY;
  return (last.at - first.at) / (typed.length - 1);
}

/** CR and LF as keys, and as the control characters that some scanners send. */
function endMarkOf({ key, code, control }: Key): Exclude<EndMark, 'none'> | null {
  if (key === 'Enter' || (control && (code === 'KeyJ' || code === 'KeyM'))) return 'enter';
  return key === 'Tab' || (control && code === 'KeyI') ? 'tab' : null;
}

/** What a key stands for: a digit wherever its key cap has one, else what it types; null for Shift and its like. */
function characterOf({ key, code, control }: Key): string | null {
  if (control) return null;
  const digit = digitOf(key) || (key === ']' ? '' : (/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? ''));
  if (digit !== '') return digit;
  if (code === 'BracketRight') return ']';
  return key.length === 1 ? key : null;
}
