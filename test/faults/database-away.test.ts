import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getReadiness } from '../../src/operating/endpoints.ts';
import { listPeople } from '../../src/people/endpoints.ts';
import { registerRetailer } from '../../src/retailers/endpoints.ts';
import { copies } from '../support/client.ts';
import { ON_POSTGRES_ONLY } from '../support/database.ts';
import { ownServer } from '../support/postgres.ts';
import {
  type Asked,
  checkBooks,
  dice,
  openTills,
  repeated,
  salesOf,
  sell,
  settle,
  showAll,
} from '../support/sales.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** Milliseconds within which a caller learns that the database is away. */
const PATIENCE = 2_000;
const ROUNDS = 3;

/** What officers and operators hear: whether it is well, or that they should come back. */
async function otherCallers({ client, tokens }: Stage): Promise<readonly number[]> {
  const token = tokens.officer;
  const json = { name: 'Corner Shop', permitted_claims: [] };
  const asking = [
    () => client.send(listPeople, { token }),
    () => client.send(registerRetailer, { token, json }),
    () => client.send(getReadiness),
  ];
  const heard: number[] = [];
  for (const ask of asking) {
    const began = performance.now();
    const { status, headers, code } = await ask();
    if (status === 503) {
      assert.equal(code, 'unavailable');
      assert.match(headers['retry-after'] ?? '', /^[1-9]/);
      assert.ok(performance.now() - began < PATIENCE);
    }
    heard.push(status);
  }
  return heard;
}

function checkPatience(asked: readonly Asked[]): void {
  const later = asked.flatMap(({ heard }) => (heard.kind === 'later' ? [heard] : []));
  assert.ok(later.some(({ status }) => status === 503));
  for (const { milliseconds } of later) assert.ok(milliseconds < PATIENCE, `waited ${milliseconds} ms`);
  assert.ok(asked.every(({ heard }) => heard.kind !== 'nothing'));
}

test(
  'while PostgreSQL is away under load tills are told to come back, and afterwards nothing was lost',
  ON_POSTGRES_ONLY,
  async (t) => {
    const server = await ownServer(t);
    if ('missing' in server) return t.skip(server.missing);
    const stage = await openStage(t, { DATABASE_URL: server.url });
    const token = stage.tokens.officer;
    const shop = { name: 'Corner Shop', permitted_claims: ['age_over_18'] };
    const { id } = (await stage.client.ask(registerRetailer, 201, { token, json: shop })).body;
    const tills = await openTills(stage, { token, shop: id, count: 4 });
    const shown = await copies(stage, stage.tokens.holder, 30);
    const roll = dice(7);

    for (let round = 0; round < ROUNDS; round += 1) {
      const sales = salesOf(await showAll(stage, shown), tills, { round });
      const answers = 1 + roll(sales.length >> 1);
      let stopped: Promise<void> = Promise.resolve();
      let later = 0;
      const asked = await sell(
        stage.running.url,
        repeated(sales, () => later > 50),
        (heard, count) => {
          if (heard.kind === 'later' && heard.status === 503) later += 1;
          if (count === answers) stopped = server.stop();
        },
      );
      await stopped;
      checkPatience(asked);
      assert.deepEqual(await otherCallers(stage), [503, 503, 503]);
      await server.start();
      assert.deepEqual(await otherCallers(stage), [200, 201, 200]);
      await settle(stage, asked);
    }
    assert.match(stage.running.log(), /the database did not answer/);
    assert.doesNotMatch(stage.running.log(), /a bug/);
    await checkBooks(server.url);
  },
);
