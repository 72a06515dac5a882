import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { answers, openDatabase } from '../../src/db/database.ts';
import { DatabaseTaken } from '../../src/db/sqlite-lock.ts';
import { AS_HERE, moduleFile } from '../support/checkout.ts';
import { makeDatabase, ON_SQLITE_ONLY } from '../support/database.ts';

const DATABASE_MODULE = pathToFileURL(moduleFile('src/db/database.ts')).href;

const HOLDER = `
  const { openDatabase } = await import(${JSON.stringify(DATABASE_MODULE)});
  await openDatabase(process.argv[1]).raw('select 1');
  console.log('open');
  setInterval(() => {}, 1_000);
`;

async function anotherProcess(t: TestContext, url: string): Promise<ChildProcess> {
  const args = [...AS_HERE, '--input-type=module', '--eval', HOLDER, url];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test(
  'a database that another process has open is refused, until that process ends',
  ON_SQLITE_ONLY,
  async (t) => {
    const { url, remove } = await makeDatabase();
    const db = openDatabase(url);
    t.after(async () => {
      await db.destroy();
      await remove();
    });
    const child = await anotherProcess(t, url);
    await assert.rejects(
      () => db.raw('select 1'),
      (thrown) => thrown instanceof DatabaseTaken && /another/i.test(thrown.message),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(await answers(db), true);
  },
);

test('one process may open a database more than once', ON_SQLITE_ONLY, async (t) => {
  const { url, remove } = await makeDatabase();
  const [first, second] = [openDatabase(url), openDatabase(url)];
  t.after(async () => {
    await Promise.all([first.destroy(), second.destroy()]);
    await remove();
  });
  assert.deepEqual([await answers(first), await answers(second)], [true, true]);
});

test('a database that was closed may be opened by another process', ON_SQLITE_ONLY, async (t) => {
  const { url, remove } = await makeDatabase();
  t.after(remove);
  const db = openDatabase(url);
  await db.raw('select 1');
  await db.destroy();
  await anotherProcess(t, url);
});
