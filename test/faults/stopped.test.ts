import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { openDatabase } from '../../src/db/database.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { checkBooks, dice, salesOf, sell, settle, showAll } from '../support/sales.ts';
import { openSandboxShop, startShop } from '../support/sandbox-shop.ts';
import { openStage } from '../support/stage.ts';

const ROUNDS = 4;
/** Milliseconds within which a stop under load is over: less than what requests in flight are given to end. */
const PROMPT = 8_000;

test('a stop under load cuts no answer off, and what heard nothing was never read', async (t) => {
  const { home, scene, tills, shown, first } = await openSandboxShop(t);
  const roll = dice(9);
  let service = first;

  for (let round = 0; round < ROUNDS; round += 1) {
    const sales = salesOf(await showAll(scene, shown), tills, { round });
    const answers = 1 + roll(sales.length - 16);
    let stopped: ReturnType<typeof service.end> | null = null;
    const asked = await sell(home.url, sales, (_heard, count) => {
      if (count === answers) stopped = service.end('SIGTERM');
    });
    const began = performance.now();
    assert.ok(stopped);
    const { code, signal, out, err } = await (stopped as ReturnType<typeof service.end>);
    assert.ok(performance.now() - began < PROMPT);
    assert.deepEqual([code, signal, err], [0, null, '']);
    assert.doesNotMatch(out, /"level":[45]0/);
    assert.ok(asked.every(({ heard }) => heard.kind !== 'nothing' || !heard.begun));
    await checkBooks(home.databaseUrl);

    service = await startShop(home);
    await settle(scene, asked, { unread: true });
  }
});

test('a stop keeps the database open for questions whose tills have hung up', async (t) => {
  const stage = await openStage(t);
  const { url, service, config, stop, log } = stage.running;
  const [ticket] = await showAll(stage, [stage.copy]);
  const { verifications } = service;
  const { verify } = verifications;
  const [arrived, gate, done] = [flag(), flag(), flag()];
  verifications.verify = async (question) => {
    arrived.raise();
    await gate.raised;
    return verify(question).finally(done.raise);
  };
  const body = JSON.stringify({ token: ticket, ask: { claims: ['age_over_18'] } });
  const { hostname, port } = new URL(url);
  const till = connect(Number(port), hostname);
  till.write(
    `POST ${createVerification.path} HTTP/1.1\r\nHost: ${hostname}\r\n` +
      `Authorization: Bearer ${stage.tokens.terminal}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await arrived.raised;
  till.destroy();
  await once(till, 'close');

  let over = false;
  const stopped = stop().then(() => {
    over = true;
  });
  for (let turn = 0; turn < 1_000 && !over; turn += 1) await new Promise((next) => setImmediate(next));
  const waited = !over;
  gate.raise();
  assert.ok(waited, 'the database was closed behind a question that was being answered');
  await Promise.all([stopped, done.raised]);

  assert.doesNotMatch(log(), /did not answer|a bug/);
  const db = openDatabase(config.databaseUrl);
  assert.equal((await db('presentations').where({ state: 'used' })).length, 2);
  await db.destroy();
});

/** Something to wait for until it is said. */
function flag(): { raise: () => void; raised: Promise<void> } {
  let raise = (): void => {};
  const raised = new Promise<void>((resolve) => {
    raise = resolve;
  });
  return { raise, raised };
}
