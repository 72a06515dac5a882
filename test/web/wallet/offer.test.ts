import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GRANT, readOffer, readOfferLink } from '../../../src/web/wallet/offer.ts';

const address = 'https://id.example/oid4vci/offers/abc';
const link = `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(address)}`;
const offer = {
  credential_issuer: 'https://id.example',
  credential_configuration_ids: ['age', 'identity'],
  grants: { [GRANT]: { 'pre-authorized_code': 'code', tx_code: { input_mode: 'numeric', length: 6 } } },
};

describe('the link of an offer', () => {
  for (const [form, text] of [
    ["the offer's own link", link],
    ["the wallet's address", `https://id.example/wallet#offer=${encodeURIComponent(link)}`],
    ['one with white space around it', `  ${link}\n`],
  ] as const) {
    test(`is read from ${form}`, () => {
      assert.deepEqual(readOfferLink(text), { kind: 'address', url: address });
    });
  }

  test('may hold the offer itself', () => {
    const value = `openid-credential-offer://?credential_offer=${encodeURIComponent(JSON.stringify(offer))}`;
    assert.deepEqual(readOfferLink(value), { kind: 'value', offer });
  });

  for (const text of [
    '',
    'hello',
    address,
    'https://id.example/wallet',
    'https://id.example/wallet#offer=javascript:alert(1)',
    'openid-credential-offer://',
    'openid-credential-offer://?credential_offer=%7B',
    'openid-credential-offer://?credential_offer_uri=nowhere',
    '1234567890123456789012345678901234',
  ]) {
    test(`is not in "${text}"`, () => assert.equal(readOfferLink(text), null));
  }
});

describe('an offer', () => {
  test('says who issues, what, by which code, and how the transaction code looks', () => {
    assert.deepEqual(readOffer(offer), {
      issuer: 'https://id.example',
      configurations: ['age', 'identity'],
      code: 'code',
      txCode: { numeric: true, length: 6 },
    });
  });

  test('without a transaction code asks for none; with an empty one, for any', () => {
    const grant = (more: object) => ({
      ...offer,
      grants: { [GRANT]: { 'pre-authorized_code': 'c', ...more } },
    });
    assert.equal(readOffer(grant({}))?.txCode, null);
    assert.deepEqual(readOffer(grant({ tx_code: {} }))?.txCode, { numeric: true, length: null });
  });

  for (const [without, broken] of [
    ['an issuer', { ...offer, credential_issuer: undefined }],
    ['a grant of ours', { ...offer, grants: { authorization_code: {} } }],
    ['a list of credentials', { ...offer, credential_configuration_ids: 'age' }],
    ['any shape', []],
  ] as const) {
    test(`without ${without} is none`, () =>
      assert.equal(readOffer(JSON.parse(JSON.stringify(broken))), null));
  }
});
