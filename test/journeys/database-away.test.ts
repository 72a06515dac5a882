import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ON_POSTGRES_ONLY } from '../support/database.ts';
import { ownServer } from '../support/postgres.ts';
import { runService } from '../support/service.ts';

/** Milliseconds within which a caller learns that the database is away. */
const PATIENCE = 2_000;

test(
  'while PostgreSQL is away callers are told to come back, and afterwards it goes on by itself',
  ON_POSTGRES_ONLY,
  async (t) => {
    const server = await ownServer(t);
    if ('missing' in server) return t.skip(server.missing);
    const { url, adminKey: key, log } = await runService(t, { DATABASE_URL: server.url });
    const people = () => fetch(`${url}/v1/people`, { headers: { authorization: `Bearer ${key}` } });
    const enter = () =>
      fetch(`${url}/v1/retailers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Corner Shop', permitted_claims: [] }),
      });
    const ready = () => fetch(`${url}/readyz`);
    assert.deepEqual(
      [(await people()).status, (await enter()).status, (await ready()).status],
      [200, 201, 200],
    );

    await server.stop();
    for (const ask of [people, enter, ready, ...Array.from({ length: 30 }, () => enter)]) {
      const began = performance.now();
      const answer = await ask();
      assert.equal(answer.status, 503);
      assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]/);
      assert.match(await answer.text(), /"code":"unavailable"/);
      assert.ok(performance.now() - began < PATIENCE);
    }
    assert.match(log(), /the database did not answer/);
    assert.doesNotMatch(log(), /a bug/);

    await server.start();
    assert.deepEqual(
      [(await people()).status, (await enter()).status, (await ready()).status],
      [200, 201, 200],
    );
  },
);
