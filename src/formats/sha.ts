/**
 * SHA-2, at once rather than in a promise, in Node and in browsers alike. Node has it natively, several times as fast
 * as in JavaScript; WebCrypto has it nowhere but in promises.
 */

import * as portable from '@noble/hashes/sha2.js';

type Hash = (bytes: Uint8Array) => Uint8Array;

interface NodeCrypto {
  createHash(name: string): { update(bytes: Uint8Array): { digest(): Uint8Array } };
}
interface NodeProcess {
  getBuiltinModule?(name: 'node:crypto'): NodeCrypto;
}

const node = (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.('node:crypto');

function native(name: string, otherwise: Hash): Hash {
  return node === undefined ? otherwise : (bytes) => node.createHash(name).update(bytes).digest();
}

export const sha256: Hash = native('sha256', portable.sha256);
export const sha384: Hash = native('sha384', portable.sha384);
export const sha512: Hash = native('sha512', portable.sha512);
