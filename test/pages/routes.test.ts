import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { APPS } from '../../src/pages/routes.ts';
import { places, runService } from '../support/service.ts';

describe('the pages of the browser', () => {
  const publicDir = mkdtempSync(join(tmpdir(), 'counterproof-pages-'));
  const built = { ...places, publicDir };
  let url: string;
  let end: () => unknown;

  before(async () => {
    mkdirSync(join(publicDir, 'build/terminal'), { recursive: true });
    writeFileSync(join(publicDir, 'build/terminal/index.html'), '<!doctype html><title>Terminal</title>');
    for (const kind of ['assets', 'workers']) {
      mkdirSync(join(publicDir, 'build', kind));
      writeFileSync(join(publicDir, 'build', kind, 'it-1a2b3c4d.js'), 'export {};');
    }
    ({ url } = await runService({ after: (stop) => (end = stop as () => unknown) }, {}, built));
  });
  after(async () => {
    await end();
    rmSync(publicDir, { recursive: true });
  });

  test('are sent with a policy that lets in nothing inline and nothing from elsewhere', async () => {
    const answer = await fetch(`${url}/terminal`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; /);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  test('may use the camera where codes are scanned, and never the microphone', async () => {
    const permissions = (await fetch(`${url}/terminal`)).headers.get('permissions-policy') ?? '';
    assert.match(permissions, /\bcamera=\(self\)/);
    assert.match(permissions, /\bmicrophone=\(\)/);
    assert.match(permissions, /\bpublickey-credentials-get=\(\)/);
  });

  test('are asked for again each time; what they load is kept for good, since its name changes with it', async () => {
    assert.equal((await fetch(`${url}/terminal`)).headers.get('cache-control'), 'no-cache');
    for (const kind of ['assets', 'workers']) {
      const answer = await fetch(`${url}/build/${kind}/it-1a2b3c4d.js`);
      assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8');
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    }
  });

  test('have workers that may run WebAssembly and call nobody but us', async () => {
    const policy = async (kind: string) =>
      (await fetch(`${url}/build/${kind}/it-1a2b3c4d.js`)).headers.get('content-security-policy') ?? '';
    assert.match(
      await policy('workers'),
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; /,
    );
    assert.match(await policy('assets'), /^default-src 'none';/);
  });

  test('are not found where they were not built, nor is anything beside them', async () => {
    rmSync(join(publicDir, 'build/terminal'), { recursive: true });
    for (const path of [
      APPS.terminal.path,
      '/build/assets/gone.js',
      '/build/assets/',
      '/build/manifest.json',
    ]) {
      const answer = await fetch(url + path);
      assert.equal(answer.status, 404, path);
      assert.match(await answer.text(), /"code":"not_found"/);
    }
  });
});
