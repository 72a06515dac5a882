import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { signJws } from '../../../../src/formats/jws.ts';
import { DIRECTORY_TYP, type DirectoryKey, listedKey } from '../../../../src/formats/pass-directory.ts';
import { makeDeviceKey, signerOf } from '../../../../src/web/wallet/device-key.ts';
import type { Asker } from '../../../../src/web/wallet/passes/ask.ts';
import { askerOf } from '../../../../src/web/wallet/passes/ask.ts';
import { readBook } from '../../../../src/web/wallet/passes/book.ts';
import { believed, fetchDirectory } from '../../../../src/web/wallet/passes/directory.ts';
import { lookIntoDirectory } from '../../../../src/web/wallet/passes/stock-up.ts';
import { makePassKey } from '../../../support/passes.ts';
import { memoryShelf } from '../support/memory-shelf.ts';

const ISSUER = 'https://id.example';
const NOW = new Date('2026-11-22T12:00:00Z');
const DAY = 86_400_000;

describe('a directory of pass keys', () => {
  let own: Awaited<ReturnType<typeof makeDeviceKey>>;
  let other: typeof own;
  let key: DirectoryKey;
  let changed: DirectoryKey;

  before(async () => {
    [own, other] = [await makeDeviceKey(), await makeDeviceKey()];
    const fresh = (): DirectoryKey => {
      const notBefore = new Date('2026-11-22T00:00:00Z');
      const expiresAt = new Date(notBefore.getTime() + 2 * DAY);
      const { keyId, spki } = makePassKey();
      return { keyId, spki, claim: 'age_over_18', notBefore, expiresAt, withdrawnAt: null };
    };
    [key, changed] = [fresh(), fresh()];
  });

  interface Published {
    readonly keys?: readonly DirectoryKey[];
    readonly iss?: string;
    readonly typ?: string;
    readonly perWindow?: unknown;
    readonly by?: typeof own;
  }
  const signed = ({
    keys = [key],
    iss = ISSUER,
    typ = DIRECTORY_TYP,
    perWindow = 8,
    by = own,
  }: Published) => {
    const signer = { ...signerOf(by.privateKey), kid: 'k1', alg: 'ES256' as const, x5c: [] };
    const payload = { iss, iat: 1, passes_per_window: perWindow, keys: keys.map(listedKey) };
    return signJws(signer, { typ }, payload);
  };
  /** A service that publishes its own key and says this. */
  const asker = (text: string): Asker => ({
    clock: () => null,
    ask: async (url) => {
      const jwks = { keys: [{ ...own.jwk, kid: 'k1', use: 'sig', alg: 'ES256' }] };
      return url.endsWith('jwks.json')
        ? { status: 200, text: '', body: JSON.parse(JSON.stringify(jwks)) }
        : { status: 200, text, body: null };
    },
  });

  test('is read where the service signed it', async () => {
    const read = await fetchDirectory(asker(await signed({})), ISSUER);
    assert.ok(read !== null && typeof read === 'object');
    assert.deepEqual([read.keys.map(({ keyId }) => keyId), read.perWindow], [[key.keyId], 8]);
  });

  test('is not signed by another key, for another issuer, as another document, or at all', async () => {
    for (const text of [
      await signed({ by: other }),
      await signed({ iss: 'https://other.example' }),
      await signed({ typ: 'counterproof-receipt+jwt' }),
      '<!doctype html>',
      '',
    ]) {
      assert.equal(await fetchDirectory(asker(text), ISSUER), 'not_signed', text.slice(0, 20));
    }
  });

  test('is malformed with two keys for one claim and window, and with no sensible number of passes', async () => {
    for (const published of [
      { keys: [key, changed] },
      { perWindow: 0 },
      { perWindow: 41 },
      { perWindow: '8' },
    ]) {
      assert.equal(await fetchDirectory(asker(await signed(published)), ISSUER), 'malformed');
    }
  });

  test('that changes a key that was seen, or leaves it out, is refused until it is as it was', async () => {
    const shelf = memoryShelf();
    const world = { now: () => NOW, random: (length: number) => new Uint8Array(length) };
    const phone = { shelf, world, fetch: async () => new Response() };
    const look = async (keys: readonly DirectoryKey[]) => {
      const looked = await lookIntoDirectory(phone, asker(await signed({ keys })), ISSUER);
      return [typeof looked === 'string' ? looked : null, (await readBook(shelf)).distrust];
    };
    assert.deepEqual(await look([key]), [null, null]);
    assert.deepEqual(await look([changed]), ['changed', 'changed']);
    assert.deepEqual(await look([]), ['changed', 'changed']);
    assert.deepEqual(await look([key]), [null, null]);
  });

  test('makes no phone forget by a clock that was set ahead', () => {
    const seen = believed([], { keys: [key], perWindow: 8 }, [NOW, NOW]) ?? assert.fail();
    const ahead = new Date(NOW.getTime() + 9 * DAY);
    assert.equal(believed(seen, { keys: [changed], perWindow: 8 }, [NOW, ahead]), null);
    assert.equal(believed(seen, { keys: [changed], perWindow: 8 }, [ahead, NOW]), null);
    assert.equal(believed(seen, { keys: [], perWindow: 8 }, [NOW, ahead])?.length, 1);
  });

  test('is asked for with no token, no cookie and no referrer', async () => {
    const inits: RequestInit[] = [];
    const fetch = async (_url: string, init: RequestInit) => {
      inits.push(init);
      return new Response('{}');
    };
    const world = { now: () => NOW, random: (length: number) => new Uint8Array(length) };
    await fetchDirectory(askerOf({ fetch, world }), ISSUER);
    assert.equal(inits.length, 2);
    for (const { headers, credentials, referrerPolicy } of inits) {
      assert.deepEqual([headers, credentials, referrerPolicy], [{}, 'omit', 'no-referrer']);
    }
  });
});
