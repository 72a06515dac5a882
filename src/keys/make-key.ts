import { readP256PublicJwk } from '../formats/jwk.ts';
import type { Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import { CERTIFIED, type IssuerKey, type KeyState, type Purpose } from './issuer-key.ts';
import type { Vault } from './vault.ts';

const YEAR = 365 * 86_400_000;
const LIFETIME = { root: 20 * YEAR, leaf: 3 * YEAR };
/** Certificates are good from an hour before they were made, for verifiers whose clock is behind. */
const BACKDATE = 3_600_000;
const SERIAL_LENGTH = 16;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** What making keys needs of the world. */
export interface KeyMaking {
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  /** `PUBLIC_URL`. */
  readonly issuerUrl: string;
}

/** Makes the root: a P-256 key and its self-signed certificate. */
export async function makeRoot(making: KeyMaking): Promise<IssuerKey> {
  const { makeRootCertificate } = await import('../formats/x509.ts');
  const keys = await keyPair();
  const certificate = await makeRootCertificate({
    keys,
    name: `Counterproof root of ${new URL(making.issuerUrl).host}`,
    ...validity(making, LIFETIME.root),
    serial: making.world.random(SERIAL_LENGTH),
  });
  return kept(making, keys, { purpose: 'root', state: 'active', certificate });
}

/** Makes a key for signing; one of an issuer or of documents with a leaf certificate under the root. */
export async function makeSigningKey(
  making: KeyMaking,
  purpose: Exclude<Purpose, 'root'>,
  state: KeyState,
  root: IssuerKey,
): Promise<IssuerKey> {
  const keys = await keyPair();
  const certificate = CERTIFIED.includes(purpose) ? await leafFor(making, keys.publicKey, root) : null;
  return kept(making, keys, { purpose, state, certificate });
}

async function leafFor(making: KeyMaking, publicKey: CryptoKey, root: IssuerKey): Promise<string> {
  const { makeLeafCertificate } = await import('../formats/x509.ts');
  const { host, hostname } = new URL(making.issuerUrl);
  if (root.certificate === null) throw new Error('the root has no certificate');
  return makeLeafCertificate({
    root: root.certificate,
    rootKey: await crypto.subtle.importKey('pkcs8', privateBytes(making.vault, root), P256, false, ['sign']),
    publicKey,
    subject: `Counterproof issuer ${host}`,
    issuerUri: making.issuerUrl,
    dnsName: hostname,
    ...validity(making, LIFETIME.leaf),
    serial: making.world.random(SERIAL_LENGTH),
  });
}

/** The PKCS#8 bytes of a key that was not destroyed. */
export function privateBytes(vault: Vault, key: IssuerKey): Uint8Array<ArrayBuffer> {
  if (key.sealedPrivate === null) throw new Error(`${key.id} was destroyed`);
  return vault.open(key.sealedPrivate, `issuer_key ${key.id}`);
}

type KeyPair = { publicKey: CryptoKey; privateKey: CryptoKey };
type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

async function keyPair(): Promise<KeyPair> {
  return (await crypto.subtle.generateKey(P256, true, ['sign', 'verify'])) as KeyPair;
}

async function kept(
  { world, mint, vault, issuerUrl }: KeyMaking,
  { publicKey, privateKey }: KeyPair,
  is: Pick<IssuerKey, 'purpose' | 'state' | 'certificate'>,
): Promise<IssuerKey> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const publicJwk = readP256PublicJwk({ kty, crv, x, y });
  if (publicJwk === null) throw new Error('a fresh P-256 key was not one');
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  const id = mint('issuer_key');
  return {
    id,
    ...is,
    issuerUrl,
    publicJwk,
    sealedPrivate: vault.seal(pkcs8, `issuer_key ${id}`),
    createdAt: world.now(),
    retiredAt: null,
  };
}

function validity({ world }: KeyMaking, lifetime: number): { notBefore: Date; notAfter: Date } {
  const now = world.now().getTime();
  return { notBefore: new Date(now - BACKDATE), notAfter: new Date(now + lifetime) };
}
