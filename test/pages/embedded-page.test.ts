import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { changeRetailer, registerRetailer } from '../../src/retailers/endpoints.ts';
import { clientOf } from '../support/client.ts';
import { places, type RunningService, runService } from '../support/service.ts';

const TILL = 'https://till.cornershop.example';
const SPARE = 'http://localhost:3001';
const PAGE = '<!doctype html><html><head><title>Terminal</title></head><body></body></html>';

describe("the terminal's page for web tills", () => {
  const publicDir = mkdtempSync(join(tmpdir(), 'counterproof-pages-'));
  const built = { ...places, publicDir };
  let running: RunningService;
  let end: () => unknown;

  before(async () => {
    mkdirSync(join(publicDir, 'build/terminal'), { recursive: true });
    writeFileSync(join(publicDir, 'build/terminal/index.html'), PAGE);
    running = await runService({ after: (stop) => (end = stop as () => unknown) }, {}, built);
  });
  after(async () => {
    await end();
    rmSync(publicDir, { recursive: true });
  });

  const shop = async (...embedding_origins: readonly string[]) => {
    const json = { name: 'Corner Shop', permitted_claims: [], embedding_origins };
    return (await clientOf(running.url).ask(registerRetailer, 201, { token: running.adminKey, json })).body
      .id;
  };
  const load = (id: string) => fetch(`${running.url}/terminal/embedded/${id}`);

  test('may be framed by the pages of their origins and by nothing else, under the policy of the terminal', async () => {
    const answer = await load(await shop(TILL, SPARE));
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    const { headers } = await fetch(`${running.url}/terminal`);
    assert.match(headers.get('content-security-policy') ?? '', /; frame-ancestors 'none'$/);
    assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN');
    assert.equal(
      answer.headers.get('content-security-policy'),
      headers
        .get('content-security-policy')
        ?.replace("frame-ancestors 'none'", `frame-ancestors ${TILL} ${SPARE}`),
    );
    assert.equal(answer.headers.get('x-frame-options'), null);
    for (const same of ['permissions-policy', 'referrer-policy', 'x-content-type-options', 'cache-control']) {
      assert.equal(answer.headers.get(same), headers.get(same), same);
    }
  });

  test('is told whom it may listen to, and the terminal by itself is not', async () => {
    const html = await (await load(await shop(TILL, SPARE))).text();
    assert.match(
      html,
      new RegExp(`<meta name="counterproof-embedding" content="${TILL} ${SPARE}">\\s*</head>`),
    );
    assert.equal(html.replace(/<meta[^>]*>\s*/, ''), PAGE);
    assert.equal(await (await fetch(`${running.url}/terminal`)).text(), PAGE);
  });

  test('is asked for again each time, so that an origin that was taken away frames it no more', async () => {
    const id = await shop(TILL, SPARE);
    assert.equal((await load(id)).headers.get('cache-control'), 'no-cache');
    const change = { token: running.adminKey, params: { id }, json: { embedding_origins: [SPARE] } };
    await clientOf(running.url).ask(changeRetailer, 200, change);
    assert.match(
      (await load(id)).headers.get('content-security-policy') ?? '',
      new RegExp(`frame-ancestors ${SPARE}$`),
    );
  });

  test('is as little found for a shop without web tills as for none, and nothing may frame that answer', async () => {
    const said = new Set<string>();
    for (const id of [await shop(), 'ret_00000000000000000000000000', 'ret_1', 'per_1', '%00', "';--"]) {
      const answer = await load(id);
      assert.equal(answer.status, 404, id);
      assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
      assert.equal(answer.headers.get('x-frame-options'), 'SAMEORIGIN');
      said.add((await answer.text()).replace(/req_\w+/, ''));
    }
    assert.equal(said.size, 1);
  });

  test('is not found where it was not built', async () => {
    const id = await shop(TILL);
    rmSync(join(publicDir, 'build/terminal'), { recursive: true });
    const answer = await load(id);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /"code":"not_found"/);
  });
});

test('whoever looks for shops by it is soon stopped', async (t) => {
  const { url } = await runService(t, { ADDRESS_RATE: '2' });
  const seen = new Set<number>();
  for (let i = 0; i < 5; i++) seen.add((await fetch(`${url}/terminal/embedded/ret_${i}`)).status);
  assert.deepEqual(seen, new Set([404, 429]));
});
