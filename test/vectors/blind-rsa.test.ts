import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blindEncoded, finalize } from '../../src/formats/blind-rsa/blind.ts';
import { encodePss } from '../../src/formats/blind-rsa/pss.ts';
import { bytesOf, inverse, numberOf, power } from '../../src/formats/modular.ts';
import { hex } from '../../src/kernel/bytes.ts';
import { published, SKIP } from './published.ts';

interface Vector {
  readonly name: string;
  readonly n: string;
  readonly d: string;
  readonly input_msg: string;
  readonly salt: string;
  readonly encoded_msg?: string;
  readonly inv: string;
  readonly blinded_msg: string;
  readonly blind_sig: string;
  readonly sig: string;
}

test('RFC 9474 appendix A, all four variants: each value on the way is the published one', {
  skip: SKIP,
}, () => {
  const vectors = published<Vector[]>('rfc9474/test_vectors_rfc9474.json');
  assert.equal(vectors.length, 4);
  for (const vector of vectors) {
    const key = { n: BigInt(vector.n), length: vector.blinded_msg.length / 2 };
    const encoded = encodePss(bytes(vector.input_msg), bytes(vector.salt), key.length);
    if (vector.encoded_msg !== undefined) assert.equal(hex(encoded), vector.encoded_msg, vector.name);

    const factor = inverse(BigInt(vector.inv), key.n);
    assert.ok(factor);
    const blinding = blindEncoded(key, encoded, () => bytesOf(factor, key.length));
    assert.equal(hex(blinding.blinded), vector.blinded_msg, vector.name);
    assert.equal(blinding.inverse, BigInt(vector.inv), vector.name);

    const signed = power(numberOf(blinding.blinded), BigInt(vector.d), key.n);
    assert.equal(hex(bytesOf(signed, key.length)), vector.blind_sig, vector.name);
    const signature = finalize(key, blinding, bytes(vector.blind_sig));
    assert.equal(signature && hex(signature), vector.sig, vector.name);
  }
});

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
