import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Db, openDatabase } from '../../src/db/database.ts';
import { troubleOf } from '../../src/db/trouble.ts';
import { listVerifications } from '../../src/verification/endpoints.ts';
import { verifyAll } from '../../src/verification/verify.ts';
import { copies } from '../support/client.ts';
import { makeDatabase, ON_SQLITE_ONLY, tablesOf } from '../support/database.ts';
import { leaveRoom, smallDisk } from '../support/disk.ts';
import { NO_PASSES } from '../support/passes.ts';
import { checkBooks, salesOf, sell, settle, showAll } from '../support/sales.ts';
import { openStage } from '../support/stage.ts';
import { copies as copiesOf, oneCopy, present, question, serviceWorld, till } from '../support/world.ts';

/** Milliseconds within which a caller learns that there is no room. */
const PATIENCE = 2_000;

async function everyRow(db: Db): Promise<Record<string, readonly unknown[]>> {
  const tables: Record<string, readonly unknown[]> = {};
  for (const table of await tablesOf(db)) tables[table] = await db(table);
  return tables;
}

test(
  'a set of questions for which there is not enough room leaves nothing behind, wherever it ran out',
  ON_SQLITE_ONLY,
  async (t) => {
    const w = await serviceWorld(t);
    const { holder } = await oneCopy(w);
    const { copies: shown } = await copiesOf(w, holder, 'age', 20);
    const tickets = await Promise.all(shown.map((copy) => present(w, copy)));
    const terminal = await till(w);
    const questions = [...tickets, ...Array(200).fill({ ticket: 'no ticket' })].map(({ ticket }, at) =>
      question(terminal, ticket, { idempotencyKey: `sale-${at}` }),
    );
    const { transact, mint, config } = w.service;
    const { vocabulary, jurisdiction } = config;
    const needs = { transact, mint, vocabulary, world: w.world, timeZone: jurisdiction.timeZone };
    const verify = () => verifyAll({ ...needs, ...NO_PASSES, ring: () => {} }, questions);
    const before = await everyRow(w.db);

    let tries = 0;
    for (let room = 0; ; room += 3) {
      await leaveRoom(w.db, room);
      const failed = await verify().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (failed === null) break;
      assert.equal(troubleOf(failed), 'SQLITE_FULL');
      assert.deepEqual(await everyRow(w.db), before);
      tries += 1;
    }

    assert.ok(tries > 5, `it ran out of room in ${tries} places only`);
    assert.equal((await w.db('verifications')).length, questions.length);
    await checkBooks(w.config.databaseUrl);
  },
);

/** Sells while the disk is full and once it has room, and holds everything against the law. */
async function sellOnFullDisk(
  t: TestContext,
  settings: Record<string, string>,
  disk: { fill: () => unknown; free: () => unknown },
): Promise<void> {
  const stage = await openStage(t, settings);
  const { url } = stage.running;
  const shown = await copies(stage, stage.tokens.holder, 30);
  const tickets = await showAll(stage, shown);
  const sales = salesOf(tickets, [stage.tokens.terminal]);

  await disk.fill();
  const asked = await sell(url, [...sales, ...sales, ...sales]);
  const later = asked.flatMap(({ heard }) => (heard.kind === 'later' && heard.status === 503 ? [heard] : []));
  assert.ok(later.length > 0, 'the disk was not full');
  for (const { milliseconds } of later) assert.ok(milliseconds < PATIENCE);
  await stage.client.ask(listVerifications, 200, { token: stage.tokens.terminal });
  assert.match(stage.running.log(), /"trouble":"SQLITE_(FULL|IOERR)"/);
  assert.doesNotMatch(stage.running.log(), /a bug/);

  await disk.free();
  await settle(stage, asked);
  await checkBooks(stage.running.config.databaseUrl);
}

test(
  'while the database may not grow tills are told to come back, and afterwards it goes on by itself',
  ON_SQLITE_ONLY,
  async (t) => {
    const { url, remove } = await makeDatabase();
    const beside = openDatabase(url);
    t.after(async () => {
      await beside.destroy();
      await remove();
    });
    const disk = { fill: () => leaveRoom(beside, 0), free: () => leaveRoom(beside, 'any') };
    await sellOnFullDisk(t, { DATABASE_URL: url }, disk);
  },
);

test('so it is with a disk that is really full', ON_SQLITE_ONLY, async (t) => {
  const disk = smallDisk(t);
  if ('missing' in disk) return t.skip(disk.missing);
  const url = pathToFileURL(join(disk.folder, 'counterproof.sqlite')).href;
  await sellOnFullDisk(t, { DATABASE_URL: url }, disk);
});
