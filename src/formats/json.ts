/** JSON as the formats meet it: read from bytes that anybody may have written. */

import { fromBase64url, textOf } from '../kernel/bytes.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Whether a value is an object, as opposed to an array, null or a primitive. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object's own, never one inherited from its prototype. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The JSON value that canonical base64url of UTF-8 text spells, or undefined. */
export function jsonOfBase64url(text: string): Json | undefined {
  const bytes = fromBase64url(text);
  const json = bytes === null ? null : textOf(bytes);
  if (json === null) return undefined;
  try {
    return JSON.parse(json) as Json;
  } catch {
    return undefined;
  }
}
