import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { P256PublicJwk } from '../formats/jwk.ts';
import type { Signer } from '../formats/jws.ts';
import type { Id } from '../kernel/ids.ts';
import { type IssuerKey, isPublished, type Purpose } from './issuer-key.ts';
import { privateBytes } from './make-key.ts';
import type { IssuerKeyStore } from './store.ts';
import type { Vault } from './vault.ts';

/** A public key as others see it (RFC 7517). */
export interface PublishedKey extends P256PublicJwk {
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
}

/** The keys at work, in memory. */
export interface KeyRing {
  /** Reads the keys again: after a rotation, here or in another process. */
  refresh(): Promise<void>;
  /** What signs for this purpose now. */
  signer(purpose: Exclude<Purpose, 'root'>): Signer;
  /** What signs with one key, whether active or retired; null once it was destroyed. */
  signerOf(id: Id<'issuer_key'>): Signer | null;
  /** The keys of these purposes that verifiers need: next, active and retired. */
  published(...purposes: readonly Purpose[]): readonly PublishedKey[];
  /** The root certificate, base64 DER. */
  root(): string;
  all(): readonly IssuerKey[];
}

/** A ring over the kept keys. Private keys are unsealed when first used, and stay in memory until they are destroyed. */
export async function keyRing(
  store: Pick<IssuerKeyStore, 'all'>,
  vault: Vault,
  issuerUrl: string,
): Promise<KeyRing> {
  let keys: readonly IssuerKey[] = await store.all();
  const signers = new Map<string, Signer>();
  const signerFor = (key: IssuerKey): Signer => {
    const known = signers.get(key.id) ?? localSigner(key, vault);
    signers.set(key.id, known);
    return known;
  };

  return {
    async refresh() {
      keys = await store.all();
      for (const key of keys) if (key.state === 'destroyed') signers.delete(key.id);
    },
    signer(purpose) {
      const active = keys.find(
        (it) => it.purpose === purpose && it.state === 'active' && it.issuerUrl === issuerUrl,
      );
      return signerFor(found(active, purpose));
    },
    signerOf(id) {
      const key = keys.find((it) => it.id === id);
      return key === undefined || key.state === 'destroyed' ? null : signerFor(key);
    },
    published: (...purposes) =>
      keys
        .filter((key) => purposes.includes(key.purpose) && isPublished(key))
        .map((key) => ({ ...key.publicJwk, kid: key.id, use: 'sig', alg: 'ES256' })),
    root: () => found(keys.find((key) => key.purpose === 'root')?.certificate ?? undefined, 'root'),
    all: () => keys,
  };
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`there is no key ${name}`);
  return value;
}

/** Signs with a key in memory, on the thread pool. A key in hardware would be another `Signer`. */
function localSigner(key: IssuerKey, vault: Vault): Signer {
  const pkcs8 = Buffer.from(privateBytes(vault, key));
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return {
    kid: key.id,
    alg: 'ES256',
    x5c: key.certificate === null ? [] : [key.certificate],
    sign: (data) => signEs256(privateKey, data),
  };
}

function signEs256(key: KeyObject, data: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, (error, signature) =>
      error ? reject(error) : resolve(signature),
    );
  });
}
