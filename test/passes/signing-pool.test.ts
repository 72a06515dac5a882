import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readRsaSpki } from '../../src/formats/blind-rsa/public-key.ts';
import { numberOf, power } from '../../src/formats/modular.ts';
import { signingPool } from '../../src/passes/signing-pool.ts';
import { makePassKey } from '../support/passes.ts';

const { keyId, spki, privateKey } = makePassKey();
const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
const { n } = readRsaSpki(spki)!;

const pool = signingPool(2);
after(() => pool.close());

function value(fill: number): Uint8Array {
  return new Uint8Array(256).fill(fill).with(0, 0);
}

test('values are signed in their order, each to the power of d', async () => {
  const blinded = [value(1), value(2), value(3)];
  const signatures = await pool.sign({ keyId, pkcs8, blinded });
  assert.deepEqual(
    signatures.map((signature) => power(numberOf(signature), 65_537n, n)),
    blinded.map(numberOf),
  );
});

test('many requests at once each get their own', async () => {
  const requests = Array.from({ length: 12 }, (_, i) => value(i + 1));
  const all = await Promise.all(requests.map((one) => pool.sign({ keyId, pkcs8, blinded: [one] })));
  assert.deepEqual(
    all.map(([signature]) => power(numberOf(signature!), 65_537n, n)),
    requests.map(numberOf),
  );
});

test('what cannot be signed fails its request, and the next one is signed', async () => {
  await assert.rejects(pool.sign({ keyId, pkcs8, blinded: [new Uint8Array(256).fill(0xff)] }));
  await assert.rejects(pool.sign({ keyId: 'broken', pkcs8: new Uint8Array(3), blinded: [value(1)] }));
  for (const _ of [1, 2]) assert.equal((await pool.sign({ keyId, pkcs8, blinded: [value(9)] })).length, 1);
});

test('a pool that was closed signs nothing', async () => {
  const closed = signingPool(1);
  await closed.sign({ keyId, pkcs8, blinded: [value(1)] });
  await closed.close();
  await assert.rejects(closed.sign({ keyId, pkcs8, blinded: [value(1)] }), /closed/);
});
