import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { testToken } from '../../src/judgement/test-token.ts';
import { root } from '../support/checkout.ts';
import { runService } from '../support/service.ts';
import { tillShop } from '../support/till.ts';

const page = await readFile(join(root, 'docs/integrating.md'), 'utf8');
const blockOf = (language: string, place = 0) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))][place]?.[1] ??
  assert.fail(`no ${language}`);
const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** The source of what the package exports under a name, as a path of the checkout. */
const sourceOf = (entry: string): string =>
  exports[entry].default.replace('./dist/', '').replace(/\.js$/, '.ts');

/** The same as these tests run it: from its source, or compiled beside them. */
const runningOf = (entry: string): string => {
  const path = import.meta.url.endsWith('.ts') ? sourceOf(entry) : sourceOf(entry).replace(/\.ts$/, '.js');
  return new URL(`../../${path}`, import.meta.url).href;
};

const ENTRIES = ['./sdk', './sdk/embed', './sdk/node'] as const;
const nameOf = (entry: string): string => entry.replace('.', 'counterproof');

/** Compiles a file as strictly as our own, with the package under its name. */
async function compile(folder: string, file: string, lib: readonly string[] = ['es2023']): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const paths = Object.fromEntries(ENTRIES.map((entry) => [nameOf(entry), [join(root, sourceOf(entry))]]));
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      outDir: 'out',
      rootDir: '/',
      noEmit: false,
      lib,
      paths,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [file],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch(({ stdout }) =>
    assert.fail(stdout),
  );
}

interface TillOfThePage {
  check(token: string, policies: string[], reference: string): Promise<{ outcome: string; stale?: boolean }>;
  sync(): Promise<void>;
  stop(): void;
}
type StartTill = (baseUrl: string, key: string, journal: string) => Promise<TillOfThePage>;

test('the till of the page compiles, sells online, and sells offline once the service is gone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'counterproof-till-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'till.ts');
  await writeFile(file, blockOf('ts'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await compile(folder, file);
  const compiled = join(folder, 'out', file.replace(/\.ts$/, '.js'));
  const code = await readFile(compiled, 'utf8');
  const runnable = ENTRIES.reduce(
    (text, entry) => text.replace(`'${nameOf(entry)}'`, `'${runningOf(entry)}'`),
    code,
  );
  await writeFile(compiled, runnable);

  const running = await runService(t);
  const shop = await tillShop(running);
  const { id } = await shop.terminal();
  const headers = { authorization: `Bearer ${running.adminKey}` };
  const made = await fetch(`${running.url}/v1/terminals/${id}/keys`, { method: 'POST', headers });
  const { key } = (await made.json()) as { key: string };
  const { startTill } = (await import(pathToFileURL(compiled).href)) as { startTill: StartTill };
  const till = await startTill(running.url, key, join(folder, 'journal'));
  t.after(() => till.stop());
  const approved = testToken('approved');
  const online = await till.check(approved, ['alcohol'], 'receipt 1');
  assert.deepEqual([online.outcome, online.stale], ['approved', undefined]);
  await running.stop();
  const offline = await till.check(approved, ['alcohol'], 'receipt 2');
  assert.deepEqual([offline.outcome, offline.stale], ['approved', false]);
});

test('the web till of the page compiles', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'counterproof-web-till-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'till.ts');
  await writeFile(file, blockOf('ts', 1));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await compile(folder, file, ['es2023', 'dom']);
});

test('the call of the page is one that the service takes, with the answer that is shown', async (t) => {
  const running = await runService(t);
  const { id } = await (await tillShop(running)).terminal();
  const admin = { authorization: `Bearer ${running.adminKey}` };
  const made = await fetch(`${running.url}/v1/terminals/${id}/keys`, { method: 'POST', headers: admin });
  const { key } = (await made.json()) as { key: string };
  const body = /-d '([^']+)'/.exec(blockOf('sh'))?.[1];
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${running.url}/v1/verifications`, {
    method: 'POST',
    headers,
    body: body ?? '',
  });
  assert.equal(answer.status, 201);
  const told = (await answer.json()) as Record<string, unknown>;
  const shown = JSON.parse(blockOf('json'));
  assert.deepEqual(Object.fromEntries(Object.keys(shown).map((name) => [name, told[name]])), shown);
});
