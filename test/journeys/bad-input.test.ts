import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { contract } from '../../src/contract.ts';
import { MARK, runs, type Spoilable, spoiltBytes, spoiltJson, survives } from '../support/spoilt.ts';
import { goodBody, sharedStage, spare } from '../support/stage.ts';

const JSON_TYPE = 'application/json';

const stage = sharedStage();
const withBody = contract.filter(({ body }) => body !== undefined);

/** Types, charsets and encodings that no body is taken in. */
const WRONG_TYPES: readonly Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/xml' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': '' },
  { 'content-type': ';' },
  { 'content-type': `${JSON_TYPE}; charset=latin1`, accept: '*/*' },
  { 'content-type': `${JSON_TYPE}; charset=utf-99` },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'deflate' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'zstd' },
  { 'content-encoding': 'gzip, gzip' },
  { 'content-encoding': MARK },
];

const ROOM = ' '.repeat(4 * 1024 * 1024);
const BOMBS = { gzip: gzipSync(ROOM), deflate: deflateSync(ROOM), br: brotliCompressSync(ROOM) };

describe('a body that is bad', () => {
  for (const endpoint of withBody) {
    test(`at ${endpoint.id} is refused, or taken for what it is`, async () => {
      const good = await goodBody(stage(), endpoint);
      const params = await spare(stage(), endpoint);
      const json = endpoint.body?.media === JSON_TYPE;
      const spoilt = json ? spoiltJson(good as Spoilable) : spoiltForm(good as Record<string, string>);
      const text = json ? JSON.stringify(good) : String(new URLSearchParams(good as Record<string, string>));
      const bodies = fc.oneof({ weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: spoiltBytes(text) });
      const property = fc.asyncProperty(bodies, async (body) => {
        await survives(stage(), endpoint, { params, body });
      });
      await fc.assert(property, runs(60));
    });

    test(`at ${endpoint.id} is refused in a type, charset or encoding that it is not in`, async () => {
      const body = JSON.stringify(await goodBody(stage(), endpoint));
      const params = await spare(stage(), endpoint);
      for (const headers of WRONG_TYPES) {
        const { code } = await survives(stage(), endpoint, { params, body, headers });
        assert.equal(code, 'unsupported_media_type', JSON.stringify(headers));
      }
    });

    test(`at ${endpoint.id} is not unpacked, so that it cannot burst`, async () => {
      const params = await spare(stage(), endpoint);
      for (const [encoding, body] of Object.entries(BOMBS)) {
        const { code } = await survives(stage(), endpoint, {
          params,
          body,
          headers: { 'content-encoding': encoding },
        });
        assert.ok(['unsupported_media_type', 'payload_too_large'].includes(String(code)));
      }
    });
  }
});

describe('after all those bodies', () => {
  test('no object is polluted, no bug and no bad value is in the log, and the service is ready', async () => {
    const { running, client } = stage();
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.ok(!running.log().includes('a bug'));
    assert.ok(!running.log().includes(MARK));
    const ready = contract.find(({ id }) => id === 'getReadiness');
    assert.ok(ready);
    assert.equal((await client.send(ready)).status, 200);
  });
});

/** A form with more in it, some of it twice, some of it nonsense. */
function spoiltForm(good: Record<string, string>): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', MARK, MARK.repeat(500), '%', '%ff', '\0'),
  );
  const names = fc.constantFrom(...Object.keys(good), '__proto__', 'constructor[prototype][x]', 'tx_code[]');
  return fc.array(fc.tuple(names, value), { maxLength: 30 }).map((more) => {
    const pairs = [...Object.entries(good), ...more].filter(([, text]) => text !== '');
    return pairs.map(([name, text]) => `${name}=${encodeURI(text)}`).join('&');
  });
}
