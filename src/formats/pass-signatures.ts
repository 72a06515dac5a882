/**
 * Verifying what a pass is signed with, RSA-PSS (SHA-384, 48 bytes of salt) and ES256, in Node and in browsers alike.
 * Node does it at once: WebCrypto's way to another thread and back takes longer than verifying RSA does.
 */

import type { CryptoKey } from 'jose';
import type { Bytes } from '../kernel/bytes.ts';

/** Whether a signature over the data holds. Bytes that are none, of whatever length, do not. */
type Holds = (key: CryptoKey, data: Bytes, signature: Bytes) => Promise<boolean>;

interface PassSignatures {
  /** With a key for RSA-PSS and SHA-384. */
  readonly pss: Holds;
  /** With a key of P-256; r‖s, either s. */
  readonly es256: Holds;
}

interface NodeKey {
  readonly asymmetricKeyType?: string;
}
interface NodeOptions {
  readonly key: NodeKey;
  readonly padding?: number;
  readonly saltLength?: number;
  readonly dsaEncoding?: 'ieee-p1363';
}
interface NodeCrypto {
  readonly constants: { readonly RSA_PKCS1_PSS_PADDING: number };
  readonly KeyObject: { from(key: CryptoKey): NodeKey };
  verify(hash: string, data: Uint8Array, key: NodeOptions, signature: Uint8Array): boolean;
}
interface NodeProcess {
  getBuiltinModule?(name: 'node:crypto'): NodeCrypto;
}

const SALT_LENGTH = 48;
const node = (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.('node:crypto');

/** What `passSignatures` are where there is nothing native. */
export const portablePassSignatures: PassSignatures = {
  pss: (key, data, signature) =>
    crypto.subtle.verify({ name: 'RSA-PSS', saltLength: SALT_LENGTH }, key, signature, data),
  es256: (key, data, signature) =>
    crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data),
};

export const passSignatures: PassSignatures = node === undefined ? portablePassSignatures : native(node);

function native({ constants, KeyObject, verify }: NodeCrypto): PassSignatures {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_LENGTH };
  const es256 = { dsaEncoding: 'ieee-p1363' } as const;
  return {
    pss: async (key, data, signature) =>
      verify('sha384', data, { ...pss, key: KeyObject.from(key) }, signature),
    es256: async (key, data, signature) =>
      verify('sha256', data, { ...es256, key: KeyObject.from(key) }, signature),
  };
}
