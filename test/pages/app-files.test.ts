import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { places, runService } from '../support/service.ts';

const PAGES = ['wallet', 'terminal'] as const;

describe('what makes a page an app', () => {
  const publicDir = mkdtempSync(join(tmpdir(), 'counterproof-wallet-'));
  let url: string;
  let end: () => unknown;

  before(async () => {
    cpSync(join(places.publicDir, 'wallet'), join(publicDir, 'wallet'), { recursive: true });
    mkdirSync(join(publicDir, 'build'));
    for (const page of PAGES) writeFileSync(join(publicDir, `build/${page}-worker.js`), 'export {};');
    ({ url } = await runService(
      { after: (stop) => (end = stop as () => unknown) },
      {},
      { ...places, publicDir },
    ));
  });
  after(async () => {
    await end();
    rmSync(publicDir, { recursive: true });
  });

  for (const page of PAGES) {
    test(`a worker for the ${page} that is asked for anew each time, and may call nobody but us`, async () => {
      const answer = await fetch(`${url}/${page}-worker.js`);
      assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8');
      assert.equal(answer.headers.get('cache-control'), 'no-cache');
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self'; connect-src 'self'; /);
    });
  }

  test('a manifest whose every icon is there, in the size that it says', async () => {
    const answer = await fetch(`${url}/wallet.webmanifest`);
    assert.equal(answer.headers.get('content-type'), 'application/manifest+json');
    const { icons, start_url } = (await answer.json()) as {
      icons: readonly { src: string; sizes: string }[];
      start_url: string;
    };
    assert.equal(start_url, '/wallet');
    for (const { src, sizes } of icons) {
      const png = Buffer.from(await (await fetch(url + src)).arrayBuffer());
      assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src);
    }
  });

  test('nothing where it was not built', async () => {
    rmSync(join(publicDir, 'build/wallet-worker.js'));
    const answer = await fetch(`${url}/wallet-worker.js`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /"code":"not_found"/);
  });
});
