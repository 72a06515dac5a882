import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  base64url,
  concat,
  equalBytes,
  fromBase64url,
  fromHex,
  hex,
  portableBase64url,
  portableFromBase64url,
  portableFromHex,
  portableHex,
  textOf,
  utf8,
} from '../../src/kernel/bytes.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const bytes = fc.uint8Array({ maxLength: 80 });

test('base64url is what RFC 4648 says, without padding', () => {
  const spelled = ['', 'Zg', 'Zm8', 'Zm9v', 'Zm9vYg', 'Zm9vYmE', 'Zm9vYmFy'];
  for (const [length, text] of spelled.entries()) {
    assert.equal(base64url(utf8('foobar'.slice(0, length))), text);
  }
  assert.equal(base64url(Uint8Array.of(0xfb, 0xff, 0xbf)), '-_-_');
});

test('bytes of any length come back as they were, and Node spells them alike', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.equal(base64url(some), Buffer.from(some).toString('base64url'));
      assert.deepEqual(fromBase64url(base64url(some)), Uint8Array.from(some));
    }),
  );
  const long = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  assert.deepEqual(fromBase64url(base64url(long)), long);
});

test('browsers, which have nothing native, spell and read bytes as Node does', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      assert.equal(portableBase64url(some), base64url(some));
      assert.deepEqual(portableFromBase64url(base64url(some)), fromBase64url(base64url(some)));
      assert.equal(portableHex(some), hex(some));
      assert.deepEqual(portableFromHex(hex(some)), fromHex(hex(some)));
    }),
  );
  const long = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  assert.equal(portableBase64url(long), base64url(long));
});

test('bytes in the middle of a larger buffer are spelled without their neighbours', () => {
  assert.equal(base64url(utf8('xfoobarx').subarray(1, 7)), 'Zm9vYmFy');
});

test('bytes have one spelling only: what is read is spelled as it was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 12 }), (text) => {
      const read = fromBase64url(text);
      if (read !== null) assert.equal(base64url(read), text);
    }),
  );
});

test('of the 64 characters that may end a text only those without left-over bits are read', () => {
  const read = (start: string) => [...ALPHABET].filter((last) => fromBase64url(start + last) !== null);
  assert.equal(read('A').join(''), 'AQgw');
  assert.equal(read('AA').join(''), 'AEIMQUYcgkosw048');
  assert.equal(read('AAA').length, 64);
});

test('padding, white space, the other alphabet and impossible lengths are refused', () => {
  for (const text of ['Zg==', 'Zg=', '=', 'Zm9v\n', ' Zm9v', 'Zm 9v', '+___', '/___', 'Zm9vA', 'Z', 'Zm9é'])
    assert.equal(fromBase64url(text), null, JSON.stringify(text));
});

test('no bytes are the empty text, and the empty text is no bytes', () => {
  assert.equal(base64url(new Uint8Array()), '');
  assert.deepEqual(fromBase64url(''), new Uint8Array());
});

test('bytes are equal if every one is, and not if lengths differ', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      assert.equal(equalBytes(a, b), Buffer.compare(a, b) === 0);
      assert.equal(equalBytes(a, Uint8Array.from(a)), true);
      assert.equal(equalBytes(a, concat(a, Uint8Array.of(0))), false);
      assert.equal(equalBytes(concat(Uint8Array.of(0), a), a), false);
    }),
  );
});

test('one flipped bit makes bytes unequal, wherever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (some, at) => {
      const other = Uint8Array.from(some);
      other[at % other.length]! ^= 1 << (at % 8);
      assert.equal(equalBytes(some, other), false);
    }),
  );
});

test('parts are put together in their order', () => {
  assert.deepEqual(concat(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3));
  assert.deepEqual(concat(), new Uint8Array());
});

test('hexadecimal has two lower-case digits for each byte', () => {
  assert.equal(hex(Uint8Array.of(0, 10, 171, 255)), '000aabff');
  assert.equal(hex(Uint8Array.of(0, 10, 171, 255).subarray(1, 3)), '0aab');
});

test('bytes come back from their hexadecimal', () => {
  fc.assert(fc.property(bytes, (some) => assert.deepEqual(fromHex(hex(some)), Uint8Array.from(some))));
});

test('a text comes back from its UTF-8, and what is not UTF-8 is no text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) =>
      assert.equal(textOf(utf8(`x${text}`)), `x${text}`),
    ),
  );
  for (const wrong of [[0xff], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80]]) {
    assert.equal(textOf(Uint8Array.from(wrong)), null);
  }
});
