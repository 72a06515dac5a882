import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openDatabase } from '../../src/db/database.ts';
import { troubleOf } from '../../src/db/trouble.ts';
import { getReadiness } from '../../src/operating/endpoints.ts';
import { listPeople } from '../../src/people/endpoints.ts';
import { registerRetailer } from '../../src/retailers/endpoints.ts';
import { copies } from '../support/client.ts';
import { freshDatabase, makeDatabase, ON_POSTGRES_ONLY } from '../support/database.ts';
import { ask, checkBooks, openTills, repeated, salesOf, sell, settle, showAll } from '../support/sales.ts';
import { openStage } from '../support/stage.ts';
import { wireTo } from '../support/wire.ts';
import { question } from '../support/world.ts';

/** Milliseconds within which a caller learns that the database does not answer, and that it does again. */
const PATIENCE = 2_000;

/** A service with tills whose database is at the other end of a wire. */
async function shopOnWire(t: TestContext) {
  const database = await makeDatabase();
  t.after(() => database.remove());
  const wire = await wireTo(t, database.url);
  const stage = await openStage(t, { DATABASE_URL: wire.url });
  const token = stage.tokens.officer;
  const shop = { name: 'Corner Shop', permitted_claims: ['age_over_18'] };
  const { id } = (await stage.client.ask(registerRetailer, 201, { token, json: shop })).body;
  const tills = await openTills(stage, { token, shop: id, count: 4 });
  const shown = await copies(stage, stage.tokens.holder, 30);
  return {
    database,
    wire,
    stage,
    url: stage.running.url,
    token,
    tills,
    tickets: await showAll(stage, shown),
  };
}

test(
  'while PostgreSQL hangs under load tills are told to come back, and afterwards nothing was lost',
  ON_POSTGRES_ONLY,
  async (t) => {
    const { database, wire, stage, url, token, tills, tickets } = await shopOnWire(t);
    let later = 0;
    const asked = await sell(
      url,
      repeated(salesOf(tickets, tills), () => later > 50),
      (heard, count) => {
        if (heard.kind === 'later' && heard.status === 503) later += 1;
        if (count === 20) wire.freeze();
      },
    );
    for (const { heard } of asked) {
      assert.notEqual(heard.kind, 'nothing');
      if (heard.kind === 'later') assert.ok(heard.milliseconds < PATIENCE, `waited ${heard.milliseconds} ms`);
    }
    const began = performance.now();
    const others = [stage.client.send(listPeople, { token }), stage.client.send(getReadiness)];
    for (const { code } of await Promise.all(others)) assert.equal(code, 'unavailable');
    assert.ok(performance.now() - began < PATIENCE);

    wire.thaw();
    await settle(stage, asked, { wellWithin: PATIENCE });
    assert.doesNotMatch(stage.running.log(), /a bug/);
    await checkBooks(database.url);
  },
);

for (const arrives of ['at once', 'late', 'never'] as const) {
  test(
    `an answer whose commit hangs is in doubt, and the same key learns the truth: it arrives ${arrives}`,
    ON_POSTGRES_ONLY,
    async (t) => {
      const { database, wire, stage, url, tills, tickets } = await shopOnWire(t);
      const sale = { ticket: tickets[0]!, till: tills[0]!, key: 'sale-1' };
      const frozen = wire.freezeAt('COMMIT', arrives);
      const heard = await ask(url, sale);
      await frozen;
      assert.equal(heard.kind === 'later' && heard.status, 503);
      assert.ok(heard.kind === 'later' && heard.milliseconds < PATIENCE);
      wire.thaw();
      await settle(stage, [{ sale, heard }], { wellWithin: PATIENCE });
      await checkBooks(database.url);
    },
  );
}

test(
  'questions of one set whose commit was cut off are all in doubt: the service does not ask itself again',
  ON_POSTGRES_ONLY,
  async (t) => {
    const { database, wire, stage, tills, tickets } = await shopOnWire(t);
    const { identify, verifications } = stage.running.service;
    const terminal = await identify.terminal(tills[0]!);
    assert.ok(terminal);
    const cut = wire.freezeAt('COMMIT', 'at once').then(wire.cut);
    // Asked in one turn, these make one set.
    const answers = tickets.map((ticket) => verifications.verify(question(terminal, ticket)));
    for (const answer of await Promise.allSettled(answers)) {
      assert.ok(answer.status === 'rejected' && troubleOf(answer.reason) !== null);
    }
    await cut;
    await checkBooks(database.url);
  },
);

test('a service whose database hangs stops all the same', ON_POSTGRES_ONLY, async (t) => {
  const { wire, stage, url, tills, tickets } = await shopOnWire(t);
  wire.freeze();
  const asked = sell(url, salesOf(tickets, tills));
  const began = performance.now();
  await stage.running.stop();
  assert.ok(performance.now() - began < 8_000);
  await asked;
});

test('a slow statement is no silence', ON_POSTGRES_ONLY, async (t) => {
  const db = await freshDatabase(t);
  const { rows } = await db.raw("select 'done' as said from pg_sleep(2)");
  assert.equal(rows[0].said, 'done');
});

test('who waits for a row that somebody holds is told to come back', ON_POSTGRES_ONLY, async (t) => {
  const { database, stage, url, tills, tickets } = await shopOnWire(t);
  const sale = { ticket: tickets[0]!, till: tills[0]!, key: 'sale-1' };
  const holder = openDatabase(database.url, 2);
  const held = await holder.transaction();
  await held('presentations').forUpdate();
  const heard = await ask(url, sale);
  assert.equal(heard.kind === 'later' && heard.status, 503);
  assert.ok(heard.kind === 'later' && heard.milliseconds < PATIENCE);
  await held.rollback();
  await holder.destroy();
  await settle(stage, [{ sale, heard }]);
});
