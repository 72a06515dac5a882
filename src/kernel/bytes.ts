/** Bytes to and from the text forms that the wire formats use. Runs in Node and in browsers alike. */

const BASE64URL = /^[A-Za-z0-9_-]*$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const CHUNK = 0x2000;

/** What Node has beside the language, many times as fast; in browsers there is none. */
interface NativeSpelling {
  from(text: string, encoding: 'base64url' | 'hex'): Uint8Array;
  from(bytes: ArrayBuffer, at: number, length: number): { toString(encoding: 'base64url' | 'hex'): string };
}
const native = (globalThis as { Buffer?: NativeSpelling }).Buffer;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });

export type Bytes = Uint8Array<ArrayBuffer>;

/** UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, or null if they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}

/** RFC 4648 §5 without padding. */
export function base64url(bytes: Uint8Array): string {
  return native === undefined
    ? portableBase64url(bytes)
    : native.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length).toString('base64url');
}

/** What `base64url` does where there is nothing native. */
export function portableBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Bytes of canonical base64url, or null. Padding, white space, other alphabets and left-over bits are refused,
 * so that equal bytes have one spelling only.
 */
export function fromBase64url(text: string): Bytes | null {
  if (!BASE64URL.test(text) || text.length % 4 === 1) return null;
  const leftOver = text.length % 4;
  if (leftOver !== 0) {
    const unused = leftOver === 2 ? 0b1111 : 0b11;
    if ((ALPHABET.indexOf(text.at(-1) ?? '') & unused) !== 0) return null;
  }
  return native === undefined ? portableFromBase64url(text) : new Uint8Array(native.from(text, 'base64url'));
}

/** What `fromBase64url` does with canonical text where there is nothing native. */
export function portableFromBase64url(text: string): Bytes {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return native === undefined
    ? portableHex(bytes)
    : native.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** What `hex` does where there is nothing native. */
export function portableHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Bytes of hexadecimal, two digits each. What is not that is not refused: for text that is known to be. */
export function fromHex(text: string): Bytes {
  return native === undefined ? portableFromHex(text) : new Uint8Array(native.from(text, 'hex'));
}

/** What `fromHex` does where there is nothing native. */
export function portableFromHex(text: string): Bytes {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The parts, one after another. */
export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are equal, in time that depends on their lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
