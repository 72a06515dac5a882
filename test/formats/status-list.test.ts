import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { StatusBits, StatusList } from '../../src/formats/status-list.ts';
import {
  packStatuses,
  readStatusList,
  STATUS,
  statusAt,
  statusListClaims,
} from '../../src/formats/status-list.ts';
import { base64url, hex } from '../../src/kernel/bytes.ts';

const deflate = (bytes: Uint8Array) => deflateSync(bytes, { level: 9 });
const inflate = (bytes: Uint8Array, atMost: number) => inflateSync(bytes, { maxOutputLength: atMost });
const bitsAndSize = fc.record({
  bits: fc.constantFrom<StatusBits>(1, 2, 4, 8),
  size: fc.integer({ min: 1, max: 500 }),
});

const list: StatusList = {
  uri: 'https://example.com/statuslists/1',
  bits: 1,
  bytes: packStatuses(16, 1, [[3, STATUS.invalid]]),
  issuedAt: new Date('2026-11-22T10:00:00Z'),
  expiresAt: new Date('2026-11-23T10:00:00Z'),
  ttl: 3_600,
};
const good = statusListClaims(list, deflate);

test('the least significant bit comes first, as in the example of the draft', () => {
  const ones = [0, 3, 4, 5, 7, 8, 9, 13, 15].map((index) => [index, 1] as const);
  assert.equal(hex(packStatuses(16, 1, ones)), 'b9a3');
});

test('every status is found where it was put, and all others are 0', () => {
  fc.assert(
    fc.property(bitsAndSize, fc.array(fc.tuple(fc.nat(), fc.nat(255))), ({ bits, size }, seeds) => {
      const entries = new Map(seeds.map(([index, status]) => [index % size, status % (1 << bits)] as const));
      const bytes = packStatuses(size, bits, entries);
      for (let index = 0; index < size; index++)
        assert.equal(statusAt(bytes, bits, index), entries.get(index) ?? 0);
    }),
  );
});

test('the last of several entries for one index counts', () => {
  assert.equal(
    statusAt(
      packStatuses(8, 2, [
        [1, 3],
        [1, 2],
      ]),
      2,
      1,
    ),
    2,
  );
});

test('an index outside the list has no status', () => {
  const bytes = packStatuses(16, 1, []);
  assert.equal(statusAt(bytes, 1, 15), 0);
  for (const index of [16, -1, 0.5, Number.NaN, Infinity]) assert.equal(statusAt(bytes, 1, index), null);
});

test('an entry that does not fit is a bug', () => {
  assert.throws(() => packStatuses(8, 1, [[8, 1]]), /index/);
  assert.throws(() => packStatuses(8, 1, [[-1, 1]]), /index/);
  assert.throws(() => packStatuses(8, 1, [[0, 2]]), /status/);
  assert.throws(() => packStatuses(8, 8, [[0, 256]]), /status/);
});

test("a list survives the way through a token's payload", async () => {
  assert.deepEqual(good, {
    sub: list.uri,
    iat: 1_795_341_600,
    exp: 1_795_428_000,
    ttl: 3_600,
    status_list: { bits: 1, lst: base64url(deflate(list.bytes)) },
  });
  const read = await readStatusList(good, inflate);
  assert.deepEqual({ ...read, bytes: hex(read!.bytes) }, { ...list, bytes: hex(list.bytes) });
});

test('expiry and time to live may be left out', async () => {
  const claims = statusListClaims({ ...list, expiresAt: null, ttl: null }, deflate);
  const read = await readStatusList(claims, inflate);
  assert.deepEqual(Object.keys(claims), ['sub', 'iat', 'status_list']);
  assert.deepEqual([read?.expiresAt, read?.ttl], [null, null]);
});

const refused: Record<string, object> = {
  'no sub': { sub: 1 },
  'no iat': { iat: '1' },
  'a malformed exp': { exp: 'never' },
  'an exp of null': { exp: null },
  'a malformed ttl': { ttl: -1 },
  'no list': { status_list: null },
  'three bits': { status_list: { bits: 3, lst: base64url(deflate(list.bytes)) } },
  'bits in a string': { status_list: { bits: '1', lst: base64url(deflate(list.bytes)) } },
  'no lst': { status_list: { bits: 1 } },
  'padded base64url': { status_list: { bits: 1, lst: `${base64url(deflate(new Uint8Array(2)))}=` } },
  'what is not zlib': { status_list: { bits: 1, lst: base64url(Uint8Array.of(1, 2, 3)) } },
  'a list beyond a mebibyte': {
    status_list: { bits: 1, lst: base64url(deflate(new Uint8Array((1 << 20) + 1))) },
  },
};

for (const [name, change] of Object.entries(refused)) {
  test(`refused as a status list: ${name}`, async () => {
    assert.equal(await readStatusList({ ...good, ...change }, inflate), null);
  });
}

test('the cap holds even where the inflater does not keep to it', async () => {
  assert.equal(await readStatusList(good, async (bytes) => inflateSync(bytes), 1), null);
});

test('random payloads are never a list and never throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (members) => {
      assert.equal(await readStatusList(JSON.parse(JSON.stringify(members)), inflate), null);
    }),
  );
});
