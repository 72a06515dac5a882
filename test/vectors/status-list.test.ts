import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import { importP256, readP256PublicJwk } from '../../src/formats/jwk.ts';
import { verifyJws } from '../../src/formats/jws.ts';
import type { StatusBits } from '../../src/formats/status-list.ts';
import { packStatuses, readStatusList, STATUS_LIST_TYP, statusAt } from '../../src/formats/status-list.ts';
import { base64url, hex } from '../../src/kernel/bytes.ts';
import { published, SKIP } from './published.ts';

interface Vector {
  readonly name: string;
  readonly bits: StatusBits;
  readonly lst: string;
  readonly size?: number;
  readonly status?: Readonly<Record<string, number>>;
  readonly bytes_hex?: string;
}

const inflate = (bytes: Uint8Array, atMost: number) => inflateSync(bytes, { maxOutputLength: atMost });
const vectors = SKIP === false ? published<Vector[]>('status-list/status_list_vectors.json') : [];

async function bytesOf({ bits, lst }: Vector): Promise<Uint8Array> {
  const list = await readStatusList({ sub: 'uri', iat: 1, status_list: { bits, lst } }, inflate);
  assert.ok(list);
  return list.bytes;
}

function entriesOf(status: Readonly<Record<string, number>>): [number, number][] {
  return Object.entries(status).map(([index, value]) => [Number(index), value]);
}

test('lists of every width are among the vectors', { skip: SKIP }, () => {
  assert.deepEqual(new Set(vectors.map(({ bits }) => bits)), new Set([1, 2, 4, 8]));
});

for (const vector of vectors) {
  const { name, bits, size, status, bytes_hex } = vector;
  if (bytes_hex !== undefined)
    test(`${name}: inflates to the given bytes`, async () =>
      assert.equal(hex(await bytesOf(vector)), bytes_hex));
  if (size === undefined || status === undefined) continue;
  test(`${name}: every status reads as given, and all others are 0`, async () => {
    const bytes = await bytesOf(vector);
    for (const [index, value] of entriesOf(status)) assert.equal(statusAt(bytes, bits, index), value);
    let others = 0;
    for (let i = 0; i < size; i++) if (!Object.hasOwn(status, i)) others |= statusAt(bytes, bits, i) ?? -1;
    assert.equal(others, 0);
    assert.equal(statusAt(bytes, bits, size), null);
  });
  test(`${name}: packs to the given list`, async () => {
    const packed = packStatuses(size, bits, entriesOf(status));
    assert.equal(hex(packed) === hex(await bytesOf(vector)), true);
    const claims = {
      sub: 'uri',
      iat: 1,
      status_list: { bits, lst: base64url(deflateSync(packed, { level: 9 })) },
    };
    assert.equal((await readStatusList(claims, inflate))?.bytes.length, packed.length);
  });
  test(`${name}: is refused if larger than we are ready for`, async () => {
    const payload = { sub: 'uri', iat: 1, status_list: { bits, lst: vector.lst } };
    assert.equal(await readStatusList(payload, inflate, (size * bits) / 8 - 1), null);
  });
}

test('the signed example of the draft verifies and is read', { skip: SKIP }, async () => {
  const { jwt, key } = published<{ jwt: string; key: object }>('status-list/status_list_tokens.json');
  const jwk = readP256PublicJwk(key);
  const imported = jwk === null ? null : await importP256(jwk);
  assert.ok(imported);
  const token = await verifyJws(jwt, imported, { typ: STATUS_LIST_TYP });
  assert.ok(token);
  const list = await readStatusList(token.payload, inflate);
  assert.equal(list?.uri, 'https://example.com/statuslists/1');
  assert.equal(list.ttl, 43_200);
  assert.deepEqual(
    [0, 1, 2, 3, 15, 16].map((index) => statusAt(list.bytes, list.bits, index)),
    [1, 0, 0, 1, 1, null],
  );
  assert.equal(await verifyJws(jwt, imported, { typ: 'JWT' }), null);
});
