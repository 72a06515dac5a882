import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { originOf, readWebOrigin } from '../../src/kernel/web-origin.ts';

test('an origin is read as browsers name it', () => {
  for (const origin of [
    'https://till.shop.example',
    'https://till.shop.example:8443',
    'https://xn--bcher-kva.example',
    'https://till',
    'https://192.0.2.7',
    'http://localhost:3001',
    'http://127.0.0.1:8080',
  ]) {
    assert.equal(readWebOrigin(origin), origin);
  }
});

for (const [what, text] of Object.entries({
  'nothing at all': '',
  'a wildcard for every page': '*',
  'a wildcard for a part of the host': 'https://*.shop.example',
  'a path': 'https://till.shop.example/till',
  'a slash at its end': 'https://till.shop.example/',
  'a query': 'https://till.shop.example?a',
  'a user': 'https://ada@till.shop.example',
  'the usual port': 'https://till.shop.example:443',
  'a port that is none': 'https://till.shop.example:65536',
  'no scheme': 'till.shop.example',
  'a scheme of no page': 'ftp://till.shop.example',
  'no https on the network': 'http://till.shop.example',
  'a host that only begins as this machine': 'http://localhost.shop.example',
  'capital letters': 'https://Till.shop.example',
  'letters that browsers write otherwise': 'https://bücher.example',
  'an address that browsers write otherwise': 'https://192.0.2',
  'an IPv6 address, which content policies do not know': 'http://[::1]:3000',
  'a second directive': "https://a;script-src'unsafe-inline'",
  'two at once': 'https://a.example https://b.example',
  'a comma': 'https://a,b.example',
  'space around it': ' https://till.shop.example',
  'the origin of no page': 'null',
  'a name that is too long': `https://${'a'.repeat(300)}.example`,
})) {
  test(`a text with ${what} is no origin`, () => assert.equal(readWebOrigin(text), null));
}

test('whatever is read as an origin stands in a content policy as one source and means itself', () => {
  const text = fc.webUrl({ withQueryParameters: true }).chain((url) => fc.constantFrom(url, originLike(url)));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.string().map((host) => `https://${host}`),
      ),
      (one) => {
        const origin = readWebOrigin(one);
        if (origin === null) return;
        assert.match(origin, /^https?:\/\/[a-z0-9.-]+(:\d+)?$/);
        assert.equal(new URL(origin).origin, one);
      },
    ),
  );
});

test('an address that was copied has the origin of its page', () => {
  assert.equal(originOf(' https://Till.Shop.example/checkout?basket=7#pay '), 'https://till.shop.example');
  assert.equal(originOf('https://bücher.example:443'), 'https://xn--bcher-kva.example');
  for (const none of ['till.shop.example', 'http://till.shop.example/', 'about:blank', 'file:///till.html']) {
    assert.equal(originOf(none), null, none);
  }
});

function originLike(url: string): string {
  return new URL(url).origin;
}
