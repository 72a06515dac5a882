/** Key binding (RFC 9901 §4.3, §7.3): the holder's signature over one presentation, for one audience. */

import type { CryptoKey } from 'jose';
import { equalBytes, utf8 } from '../../kernel/bytes.ts';
import type { JsonObject } from '../json.ts';
import { member } from '../json.ts';
import type { DeviceSigner } from '../jws.ts';
import { readJws, signJws, verifyJws } from '../jws.ts';
import { digestOf } from './hash.ts';
import type { ParsedSdJwt } from './parse.ts';
import { parseSdJwt } from './parse.ts';

export const KEY_BINDING_TYP = 'kb+jwt';

export interface Presentation {
  readonly audience: string;
  readonly nonce: string;
  readonly issuedAt: Date;
}

export interface KeyBindingRules {
  readonly audience: string;
  readonly now: Date;
  /** How old `iat` may be, in seconds. */
  readonly oldest: number;
  /** How far ahead of ours the holder's clock may be, in seconds. */
  readonly skew: number;
}

export type KeyBindingFault =
  | 'not_bound'
  | 'malformed'
  | 'wrong_typ'
  | 'bad_signature'
  | 'wrong_audience'
  | 'no_iat'
  | 'too_old'
  | 'in_the_future'
  | 'no_nonce'
  | 'wrong_sd_hash';

export type KeyBindingResult =
  | { readonly ok: true; readonly nonce: string }
  | { readonly ok: false; readonly reason: KeyBindingFault };

/** The SD-JWT with the holder's signature behind it. Throws, as for a bug, if it is not an SD-JWT without one. */
export async function bindKey(
  sdJwt: string,
  device: DeviceSigner,
  presentation: Presentation,
): Promise<string> {
  const parsed = parseSdJwt(sdJwt);
  const digest = parsed === null ? null : digestOf(parsed.payload);
  if (parsed?.keyBinding !== null || digest === null) throw new Error('not an SD-JWT that can be bound');
  const unnamed: DeviceSigner = { sign: (data) => device.sign(data) };
  const keyBinding = await signJws(
    unnamed,
    { typ: KEY_BINDING_TYP },
    {
      iat: Math.floor(presentation.issuedAt.getTime() / 1_000),
      aud: presentation.audience,
      nonce: presentation.nonce,
      sd_hash: digest(sdJwt),
    },
  );
  return sdJwt + keyBinding;
}

/**
 * Whether the holder of this key made this presentation, for this audience, in this span of time. Whether the nonce
 * is one that was handed out and is unused, the caller judges.
 */
export async function verifyKeyBinding(
  parsed: ParsedSdJwt,
  holderKey: CryptoKey,
  rules: KeyBindingRules,
): Promise<KeyBindingResult> {
  if (parsed.keyBinding === null) return { ok: false, reason: 'not_bound' };
  const peek = readJws(parsed.keyBinding);
  if (peek === null) return { ok: false, reason: 'malformed' };
  if (member(peek.header, 'typ') !== KEY_BINDING_TYP) return { ok: false, reason: 'wrong_typ' };
  const signed = await verifyJws(parsed.keyBinding, holderKey, { typ: KEY_BINDING_TYP });
  if (signed === null) return { ok: false, reason: 'bad_signature' };
  const { payload } = signed;
  if (member(payload, 'aud') !== rules.audience) return { ok: false, reason: 'wrong_audience' };
  const reason = untimely(payload, rules);
  if (reason !== null) return { ok: false, reason };
  const nonce = member(payload, 'nonce');
  if (typeof nonce !== 'string') return { ok: false, reason: 'no_nonce' };
  return covers(payload, parsed) ? { ok: true, nonce } : { ok: false, reason: 'wrong_sd_hash' };
}

/** `exp` and `nbf` need not be there, and hold if they are (§7.3: "valid in all other respects"). */
function untimely(payload: JsonObject, { now, oldest, skew }: KeyBindingRules): KeyBindingFault | null {
  const seconds = now.getTime() / 1_000;
  const iat = member(payload, 'iat');
  const { exp = Infinity, nbf = -Infinity } = payload;
  if (typeof iat !== 'number') return 'no_iat';
  if (typeof exp !== 'number' || typeof nbf !== 'number') return 'malformed';
  if (iat < seconds - oldest || exp + skew <= seconds) return 'too_old';
  return iat > seconds + skew || nbf > seconds + skew ? 'in_the_future' : null;
}

function covers(payload: JsonObject, { payload: issued, sdJwt }: ParsedSdJwt): boolean {
  const digest = digestOf(issued);
  const hash = member(payload, 'sd_hash');
  return digest !== null && typeof hash === 'string' && equalBytes(utf8(hash), utf8(digest(sdJwt)));
}
