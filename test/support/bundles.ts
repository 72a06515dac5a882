/** Trust bundles as a service makes them, for tests: a root, a leaf, a shop, and keys that sign its passes. */

import { signJws } from '../../src/formats/jws.ts';
import { type DirectoryKey, listedKey } from '../../src/formats/pass-directory.ts';
import { makeLeafCertificate, makeRootCertificate, toPem } from '../../src/formats/x509.ts';
import { BUNDLE_TYP } from '../../src/judgement/trust-bundle.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { freshKey, random } from '../formats/support/keys.ts';
import type { TestPassKey } from './passes.ts';

export const BUNDLE_NOW = new Date('2026-11-22T10:00:00Z');
const VALID = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2028-01-01T00:00:00Z') };
const ISSUER = 'https://id.example';
const HOUR = 3_600;
export const BUNDLE_SECONDS = BUNDLE_NOW.getTime() / 1_000;

/** A key of the directory whose window is the day of `BUNDLE_NOW`. */
export function directoryKey({ keyId, spki }: TestPassKey, claim: Claim = 'age_over_18'): DirectoryKey {
  return {
    keyId,
    spki,
    claim,
    notBefore: new Date('2026-11-22T00:00:00Z'),
    expiresAt: new Date('2026-11-24T00:00:00Z'),
    withdrawnAt: null,
  };
}

const policy = (id: string, more: object = {}) => ({
  id,
  title: id,
  claims: ['age_over_18'],
  presenter: 'none',
  offline: 'allow',
  other_proof: 'allow',
  legal_basis: 'a rule',
  ...more,
});

/** What a bundle says, with the parts changed that a test is about. */
export function bundlePayload(keys: readonly DirectoryKey[], change: object = {}) {
  return {
    iss: ISSUER,
    aud: 'ret_shop',
    iat: BUNDLE_SECONDS,
    version: BUNDLE_SECONDS,
    stale_at: BUNDLE_SECONDS + 12 * HOUR,
    exp: BUNDLE_SECONDS + 72 * HOUR,
    livemode: true,
    permitted_claims: ['age_over_18', 'status_student', 'portrait'],
    freshness: { ahead: 60, old: 90, fresh_ahead: 5, fresh_old: 40 },
    pass_keys: keys.map(listedKey),
    policies: [
      policy('alcohol'),
      policy('student', { claims: ['status_student'], discount_code: 'STUDENT10' }),
      policy('fireworks', { offline: 'refuse' }),
      policy('knives', { presenter: 'portrait', other_proof: 'refuse' }),
      policy('casino', { claims: ['age_over_21'] }),
    ],
    ...change,
  };
}

/** An authority that signs bundles: its root in PEM, and what signs. */
export async function bundleAuthority({ issuerUri = ISSUER, typ = BUNDLE_TYP } = {}) {
  const [rootKey, leafKey] = [await freshKey(), await freshKey('key_document')];
  const root = await makeRootCertificate({ keys: rootKey, name: 'Root', ...VALID, serial: random(16) });
  const leaf = await makeLeafCertificate({
    root,
    rootKey: rootKey.privateKey,
    publicKey: leafKey.publicKey,
    subject: 'Documents',
    issuerUri,
    dnsName: 'id.example',
    ...VALID,
    serial: random(16),
  });
  const signer = { ...leafKey.signer, x5c: [leaf] };
  return { root: toPem(root), sign: (payload: object) => signJws(signer, { typ }, payload), leafKey, leaf };
}
