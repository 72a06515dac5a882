import { crc32 } from 'node:zlib';
import { utf8 } from '../kernel/bytes.ts';
import type { Random } from '../kernel/world.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 40;
const CHECK_LENGTH = 6;
const SHAPE = /^cp_(admin|live|test)_[0-9A-Za-z]{46}$/;

export type ApiKeyKind = 'admin' | 'live' | 'test';

/**
 * A fresh key: its kind, 40 random base62 characters (238 bits) and 6 that check them, so that a mistyped key is
 * told from a wrong one without a look at the database, and scanners for leaked secrets can be sure.
 */
export function makeApiKey(kind: ApiKeyKind, random: Random): string {
  const body = `cp_${kind}_${randomBase62(random)}`;
  return body + checkOf(body);
}

/** The kind of a well-formed key, or null. Well-formed is not known. */
export function readApiKey(text: string): ApiKeyKind | null {
  const kind = SHAPE.exec(text)?.[1];
  if (kind === undefined || checkOf(text.slice(0, -CHECK_LENGTH)) !== text.slice(-CHECK_LENGTH)) return null;
  return kind as ApiKeyKind;
}

/** Bytes of 248 and more are thrown away: what is left falls on 62 characters evenly. */
function randomBase62(random: Random): string {
  let text = '';
  while (text.length < RANDOM_LENGTH) {
    for (const byte of random(RANDOM_LENGTH)) if (byte < 248) text += BASE62.charAt(byte % 62);
  }
  return text.slice(0, RANDOM_LENGTH);
}

function checkOf(body: string): string {
  let rest = crc32(utf8(body));
  let text = '';
  for (let i = 0; i < CHECK_LENGTH; i++) {
    text = BASE62.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
