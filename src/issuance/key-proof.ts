import { member } from '../formats/json.ts';
import { importP256, type P256PublicJwk, readP256PublicJwk, thumbprint } from '../formats/jwk.ts';
import { readJws, verifyJws } from '../formats/jws.ts';
import { Fault } from '../kernel/fault.ts';

const TYP = 'openid4vci-proof+jwt';
/** Seconds by which a wallet's clock may be off, and for which a proof is good. */
const SKEW = 300;

/** Proofs that hold: the keys they are for, in order, and the nonces they used. */
export interface ProvenKeys {
  readonly keys: readonly P256PublicJwk[];
  readonly nonces: readonly string[];
}

/**
 * Checks the key proofs of one request (OpenID4VCI 1.0 appendix F.1). `invalid_proof` unless each is a JWT of the
 * right type, signed by the key in its `jwk`, meant for this issuer, recent, and no key comes twice. Whether the
 * nonces are good the caller judges.
 */
export async function verifyProofs(
  proofs: readonly string[],
  issuerUrl: string,
  now: Date,
): Promise<ProvenKeys> {
  const proven = await Promise.all(proofs.map((proof) => verifyProof(proof, issuerUrl, now)));
  const prints = new Set(proven.map(({ key }) => thumbprint(key)));
  if (prints.size !== proven.length) throw invalidProof('Two proofs are for the same key.');
  return {
    keys: proven.map(({ key }) => key),
    nonces: [...new Set(proven.map(({ nonce }) => nonce))],
  };
}

async function verifyProof(
  proof: string,
  issuerUrl: string,
  now: Date,
): Promise<{ key: P256PublicJwk; nonce: string }> {
  const jwk = readP256PublicJwk(readJws(proof)?.header.jwk);
  const key = jwk === null ? null : await importP256(jwk);
  if (jwk === null || key === null) throw invalidProof('A proof has no P-256 public key in its jwk header.');
  const jws = await verifyJws(proof, key, { typ: TYP });
  if (jws === null) throw invalidProof('A proof is not signed by its key, or has the wrong typ or alg.');

  const audience = member(jws.payload, 'aud');
  const meant = Array.isArray(audience) ? audience.includes(issuerUrl) : audience === issuerUrl;
  if (!meant) throw invalidProof('A proof is meant for another issuer.');
  const issuedAt = member(jws.payload, 'iat');
  if (typeof issuedAt !== 'number' || Math.abs(now.getTime() / 1000 - issuedAt) > SKEW) {
    throw invalidProof('A proof is too old, or from the future.');
  }
  const nonce = member(jws.payload, 'nonce');
  if (typeof nonce !== 'string') throw new Fault('invalid_nonce', 'A proof has no nonce.');
  return { key: jwk, nonce };
}

function invalidProof(detail: string): Fault {
  return new Fault('invalid_proof', detail);
}
