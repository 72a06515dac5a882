import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AS_HERE, moduleFile } from '../support/checkout.ts';
import { makeDatabase, ON_POSTGRES_ONLY, ON_SQLITE_ONLY } from '../support/database.ts';
import { freePort } from '../support/service.ts';

/** The settings of a sandbox with a database of its own. */
async function sandbox(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const database = await makeDatabase();
  t.after(async () => {
    await database.remove();
    rmSync(folder, { recursive: true });
  });
  return {
    ...process.env,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    PASSES: 'off',
    PORT: String(await freePort()),
    LOG_LEVEL: 'info',
  };
}

/** A command of the program in a process of its own. */
function program(t: TestContext, env: Awaited<ReturnType<typeof sandbox>>, ...args: readonly string[]) {
  const child = spawn(process.execPath, [...AS_HERE, moduleFile('src/main.ts'), ...args], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  t.after(() => child.kill('SIGKILL'));
  const says = async (words: RegExp): Promise<void> => {
    for (let tries = 0; !words.test(said); tries += 1) {
      assert.ok(tries < 600 && child.exitCode === null, said);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  /** The workers that answered so far, by their process ids. */
  const answered = (): ReadonlySet<number> =>
    new Set([...said.matchAll(/"pid":(\d+).*"answered"/g)].map(([, pid]) => Number(pid)));
  const ask = () => fetch(`http://127.0.0.1:${env.PORT}/readyz`, { headers: { connection: 'close' } });
  return { child, says, said: () => said, answered, ask };
}

test(
  'workers share the port, a dead one is replaced, and one signal stops all',
  ON_POSTGRES_ONLY,
  async (t) => {
    const { child, says, said, answered, ask } = program(
      t,
      await sandbox(t),
      ...['start', '--sandbox', '--workers', '2'],
    );
    await says(/Stop: Ctrl-C/);
    for (let tries = 0; answered().size < 2 && tries < 200; tries += 1)
      assert.equal((await ask()).status, 200);
    const [one] = answered();
    assert.ok(one && answered().size === 2);

    process.kill(one, 'SIGKILL');
    await says(/a worker died/);
    for (let tries = 0; answered().size < 3 && tries < 500; tries += 1) {
      assert.equal((await ask()).status, 200);
      await new Promise((done) => setTimeout(done, 20));
    }
    assert.equal(answered().size, 3);

    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0, said());
    await assert.rejects(ask());
  },
);

test('more than one worker is refused on SQLite', ON_SQLITE_ONLY, async (t) => {
  const { child, said } = program(t, await sandbox(t), 'start', '--sandbox', '--workers', '2');
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
  assert.match(said(), /^Several workers need PostgreSQL/);
});

test('a second process on one SQLite file is refused in words', ON_SQLITE_ONLY, async (t) => {
  const env = await sandbox(t);
  await program(t, env, 'start', '--sandbox').says(/Stop: Ctrl-C/);
  const { child, said } = program(t, env, 'keys', 'rotate', '--sandbox');
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
  assert.match(said(), /^Another Counterproof process has this database open/);
});
