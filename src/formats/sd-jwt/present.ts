/** The holder's side: choosing what to disclose (RFC 9901 §7.2). */

import { parseSdJwt } from './parse.ts';
import type { ClaimPath } from './reveal.ts';
import { reveal } from './reveal.ts';

/**
 * The SD-JWT with the wanted disclosures, and those of the claims around them that they cannot stand without; a key
 * binding is left off. `wanted` is asked once for each disclosure, with its claim's path, so that an object's hidden
 * members come along only if they are wanted themselves. Null if the text is not an SD-JWT whose disclosures fit.
 */
export function chooseDisclosures(sdJwt: string, wanted: (path: ClaimPath) => boolean): string | null {
  const parsed = parseSdJwt(sdJwt);
  if (parsed === null) return null;
  const result = reveal(parsed.payload, parsed.disclosures);
  if (!result.ok) return null;
  const goals = result.revealed.map(({ path }) => path).filter(wanted);
  const kept = result.revealed.filter(({ path }) => goals.some((goal) => leadsTo(path, goal)));
  const encoded = new Set(kept.map(({ disclosure }) => disclosure.encoded));
  const disclosures = parsed.disclosures.filter((disclosure) => encoded.has(disclosure.encoded));
  return [parsed.jws, ...disclosures.map((disclosure) => disclosure.encoded), ''].join('~');
}

function leadsTo(path: ClaimPath, goal: ClaimPath): boolean {
  return path.length <= goal.length && path.every((step, i) => step === goal[i]);
}
