import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LONGEST_SD_JWT, MOST_DISCLOSURES, parseSdJwt } from '../../../src/formats/sd-jwt/parse.ts';
import { base64url, utf8 } from '../../../src/kernel/bytes.ts';
import { credential, disclosure, signed } from '../support/credential.ts';

const jws = credential.slice(0, credential.indexOf('~'));
const D = disclosure('salt', 'name', 1);

test('an SD-JWT is taken apart and loses nothing', () => {
  const parsed = parseSdJwt(credential);
  assert.equal(parsed?.jws, jws);
  assert.equal(parsed?.header.typ, 'dc+sd-jwt');
  assert.equal(parsed?.sdJwt, credential);
  assert.equal(parsed?.keyBinding, null);
  assert.equal([jws, ...parsed!.disclosures.map(({ encoded }) => encoded), ''].join('~'), credential);
});

test('what follows the last tilde is the key binding', () => {
  const parsed = parseSdJwt(`${jws}~${D}~a.b.c`);
  assert.equal(parsed?.keyBinding, 'a.b.c');
  assert.equal(parsed?.sdJwt, `${jws}~${D}~`);
});

test('disclosures are of members or of elements, with any value', () => {
  const parsed = parseSdJwt(`${jws}~${D}~${disclosure('s', null)}~`);
  assert.deepEqual(parsed?.disclosures, [
    { kind: 'member', encoded: D, salt: 'salt', name: 'name', value: 1 },
    { kind: 'element', encoded: disclosure('s', null), salt: 's', value: null },
  ]);
});

const refused: Record<string, string> = {
  'a bare JWS': jws,
  nothing: '',
  'only tildes': '~~',
  'a JWS of two parts': `${jws.slice(0, jws.lastIndexOf('.'))}~`,
  'a payload that is no object': `${jws.split('.')[0]}.${base64url(utf8('[]'))}.AA~`,
  'a key binding that is no JWS': `${jws}~${D}`,
  'an empty disclosure': `${jws}~~`,
  'a padded disclosure': `${jws}~${base64url(utf8('["s","n",12]'))}=~`,
  'a disclosure with left-over bits': `${jws}~${base64url(utf8('["s","n",1]')).slice(0, -1)}1~`,
  'a disclosure of one': `${jws}~${disclosure('salt')}~`,
  'a disclosure of four': `${jws}~${disclosure('salt', 'name', 1, 2)}~`,
  'a salt that is a number': `${jws}~${disclosure(1, 'name', 1)}~`,
  'a name that is a number': `${jws}~${disclosure('salt', 1, 1)}~`,
  'a disclosure that is an object': `${jws}~${base64url(utf8('{"0":"s","1":"n","2":1,"length":3}'))}~`,
  'a disclosure that is not JSON': `${jws}~AAAA~`,
  'white space': ` ${credential}`,
  'a line feed at the end': `${credential}\n`,
};

for (const [name, text] of Object.entries(refused)) {
  test(`refused as an SD-JWT: ${name}`, () => assert.equal(parseSdJwt(text), null));
}

test('200 disclosures are read and one more is not', async () => {
  const many = Array.from({ length: MOST_DISCLOSURES }, (_, i) => disclosure('salt', `n${i}`, i));
  assert.equal(parseSdJwt(await signed({}, many))?.disclosures.length, 200);
  assert.equal(parseSdJwt(await signed({}, [...many, D])), null);
  assert.equal(parseSdJwt(await signed({}, [...many, D, D, D])), null);
});

test('a text of more than a mebibyte is not read', () => {
  const room = LONGEST_SD_JWT - jws.length - 2;
  const fitting = disclosure('s', 'x'.repeat(Math.floor(room * 0.7)));
  const tooLong = disclosure('s', 'x'.repeat(room));
  assert.notEqual(parseSdJwt(`${jws}~${fitting}~`), null);
  assert.equal(parseSdJwt(`${jws}~${tooLong}~`), null);
});

test('random text is never an SD-JWT and never throws', () => {
  const part = fc.oneof(
    fc.string(),
    fc.json().map((json) => base64url(utf8(json))),
  );
  fc.assert(fc.property(fc.array(part), (parts) => assert.equal(parseSdJwt(parts.join('~')), null)));
});
