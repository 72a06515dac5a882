/** A thread that signs what was blinded: the private operation of RSA runs at once in Node, and would hold up others. */

import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { Asked, Told } from './signing-pool.ts';

/** Keys that are kept ready; of the others the oldest goes. */
const MOST_KEYS = 64;

interface Ready {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const ready = new Map<string, Ready>();

parentPort?.on('message', ({ id, keyId, pkcs8, blinded }: Asked) => {
  const key = keyFor(keyId, pkcs8);
  const signatures = blinded.map((value) => signed(key, value));
  const told: Told = signatures.includes(null)
    ? { id, signatures: null }
    : { id, signatures: signatures.filter((signature) => signature !== null) };
  parentPort?.postMessage(told);
});

function keyFor(keyId: string, pkcs8: Uint8Array): Ready {
  const known = ready.get(keyId);
  if (known !== undefined) return known;
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const made = { privateKey, publicKey: createPublicKey(privateKey) };
  ready.set(keyId, made);
  const [oldest] = ready.keys();
  if (ready.size > MOST_KEYS && oldest !== undefined) ready.delete(oldest);
  return made;
}

/**
 * The value to the power of d; null if its own power is not the value again. A fault of the machine while signing
 * could give the key away, so no result leaves that was not checked.
 */
function signed({ privateKey, publicKey }: Ready, value: Uint8Array): Uint8Array | null {
  const padding = constants.RSA_NO_PADDING;
  const signature = privateDecrypt({ key: privateKey, padding }, value);
  const again = publicEncrypt({ key: publicKey, padding }, signature);
  return again.equals(value) ? new Uint8Array(signature) : null;
}
