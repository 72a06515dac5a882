/**
 * Reading the directory of pass keys, and whether to believe it. It is asked for without a token and without cookies,
 * as anybody would. An operator who showed one phone a key of its own could know that phone's passes again.
 */

import type { CryptoKey } from 'jose';
import { isJsonObject, type JsonObject, member } from '../../../formats/json.ts';
import { importP256, readP256PublicJwk } from '../../../formats/jwk.ts';
import { type Jws, readJws, verifyJws } from '../../../formats/jws.ts';
import {
  DIRECTORY_TYP,
  type DirectoryKey,
  readListedKeys,
  rememberKeys,
  type SeenKey,
  unixSeconds,
} from '../../../formats/pass-directory.ts';
import type { Asker } from './ask.ts';

export interface Directory {
  readonly keys: readonly DirectoryKey[];
  /** Passes for a claim and window. */
  readonly perWindow: number;
}

/** More than any service gives. */
const MOST_PER_WINDOW = 40;
/** Seconds before its end from which a key may be left out, as `rememberKeys` has it. */
const SLACK = 3_600;

/** The directory of an issuer, signed by a key that it publishes; null if it cannot be reached. */
export async function fetchDirectory(
  asker: Asker,
  issuer: string,
): Promise<Directory | 'not_signed' | 'malformed' | null> {
  const published = await asker.ask(`${issuer}/.well-known/jwks.json`);
  const answer = published === null ? null : await asker.ask(`${issuer}/v1/pass-directory`);
  if (published === null || answer === null || published.status >= 500 || answer.status >= 500) return null;
  const text = answer.text.trim();
  const key = await keyFor(readJws(text), published.body);
  const jws = key === null ? null : await verifyJws(text, key, { typ: DIRECTORY_TYP });
  if (jws === null || member(jws.payload, 'iss') !== issuer) return 'not_signed';
  return directoryIn(jws.payload) ?? 'malformed';
}

/**
 * What is to be remembered after this directory was seen, or null if it changes a key that was seen, leaves one out
 * or takes a withdrawal back. The two clocks are the phone's and the service's: a key is forgotten when it is over by
 * both, so that a service that sets its clock ahead makes no phone forget, and missed only while it holds by both.
 */
export function believed(
  seen: readonly SeenKey[],
  { keys }: Directory,
  clocks: readonly [Date, Date],
): readonly SeenKey[] | null {
  const [early, late] = clocks.map((at) => at.getTime()).sort((a, b) => a - b);
  const until = unixSeconds(new Date(late ?? 0)) + SLACK;
  return rememberKeys(seen, keys, new Date(early ?? 0), ({ expiresAt }) => expiresAt > until);
}

async function keyFor(jws: Jws | null, published: JsonObject | null): Promise<CryptoKey | null> {
  const kid = jws === null ? undefined : member(jws.header, 'kid');
  const keys = published === null ? undefined : member(published, 'keys');
  if (typeof kid !== 'string' || !Array.isArray(keys)) return null;
  const jwk = readP256PublicJwk(keys.find((key) => isJsonObject(key) && member(key, 'kid') === kid));
  return jwk === null ? null : importP256(jwk);
}

function directoryIn(payload: JsonObject): Directory | null {
  const keys = readListedKeys(member(payload, 'keys'));
  const perWindow = member(payload, 'passes_per_window');
  if (keys === null || typeof perWindow !== 'number' || !Number.isSafeInteger(perWindow)) return null;
  return perWindow < 1 || perWindow > MOST_PER_WINDOW ? null : { keys, perWindow };
}
