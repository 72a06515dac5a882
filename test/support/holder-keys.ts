/** A minimal holder: device keys, key proofs for OpenID4VCI, and presentations with key binding. */

import type { DeviceSigner } from '../../src/formats/jws.ts';
import { signJws } from '../../src/formats/jws.ts';
import { bindKey } from '../../src/formats/sd-jwt/key-binding.ts';
import { chooseDisclosures } from '../../src/formats/sd-jwt/present.ts';
import type { ClaimPath } from '../../src/formats/sd-jwt/reveal.ts';
import { freshKey, type TestKey } from '../formats/support/keys.ts';

export type DeviceKey = TestKey;

/** A copy of a credential with the device key that it is bound to. */
export interface Copy {
  readonly sdJwt: string;
  readonly key: DeviceKey;
}

export function deviceKeys(count: number): Promise<DeviceKey[]> {
  return Promise.all(Array.from({ length: count }, () => freshKey()));
}

/** The key without its name, as device keys sign. */
export function unnamed(key: DeviceKey): DeviceSigner {
  return { sign: (data) => key.signer.sign(data) };
}

export interface ProofFor {
  readonly audience: string;
  readonly nonce: string;
  readonly now: Date;
}

export interface ProofChange {
  readonly header?: object;
  readonly payload?: object;
  /** Signs in place of the key. */
  readonly signer?: DeviceSigner;
}

/** A good key proof (OpenID4VCI 1.0 appendix F.1), or one that differs by the change. */
export function keyProof(key: DeviceKey, { audience, nonce, now }: ProofFor, change: ProofChange = {}) {
  const header = { typ: 'openid4vci-proof+jwt', jwk: { ...key.jwk }, ...change.header };
  const payload = { aud: audience, iat: Math.floor(now.getTime() / 1_000), nonce, ...change.payload };
  return signJws(change.signer ?? unnamed(key), header, payload);
}

/** The copy with nothing disclosed but the claims with these paths, each as `age_equal_or_over/18`. */
export function disclosing({ sdJwt }: Copy, ...paths: readonly string[]): string {
  const wanted = (path: ClaimPath) => paths.includes(path.join('/'));
  const chosen = chooseDisclosures(sdJwt, wanted);
  if (chosen === null) throw new Error('not a credential whose disclosures fit');
  return chosen;
}

/** An SD-JWT with the device key's signature behind it. */
export function bound(sdJwt: string, key: DeviceKey, { audience, nonce, now }: ProofFor): Promise<string> {
  return bindKey(sdJwt, unnamed(key), { audience, nonce, issuedAt: now });
}
