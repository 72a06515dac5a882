import { readToken } from '../../judgement/read-token.ts';
import type { Scanned } from './till-state.ts';

/** What a scanned text is, as the service would read it: what is no code at all needs no asking. */
export function whatIs(text: string, live: boolean): Scanned {
  if (readToken(text, live).kind !== 'malformed') return 'code';
  return readToken(text, !live).kind === 'malformed' ? 'no_code' : 'other_kind';
}
