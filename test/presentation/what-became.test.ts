import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id } from '../../src/kernel/ids.ts';
import { makeBell } from '../../src/presentation/bell.ts';
import { follow, type WhatBecame } from '../../src/presentation/what-became.ts';
import { refusal } from '../support/retailers-world.ts';
import { ADULT, oneCopy, present, question, SECOND, serviceWorld, till } from '../support/world.ts';

async function uploaded(
  t: Parameters<typeof serviceWorld>[0],
  type: 'age' | 'identity' = 'age',
  ...paths: string[]
) {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w, type);
  const shown = await present(w, copy, ...paths);
  const terminal = await till(w);
  const ask = (ticket = shown.ticket, change = {}) =>
    w.service.verifications.verify(question(terminal, ticket, change));
  return { w, copy, terminal, ask, ...shown };
}

/** A stream as its states and how many questions it told of, read to its end. */
async function seen(states: AsyncIterable<WhatBecame>): Promise<string[]> {
  const all: string[] = [];
  for await (const { state, askings } of states) all.push(`${state} ${askings.length}`);
  return all;
}

const never = new AbortController().signal;

test('a wallet learns who asked what and what the shop was told', async (t) => {
  const { w, id, secret, terminal, ask, expiresAt } = await uploaded(t);
  await ask(undefined, { ask: { claims: ['age_over_21'], portrait: false } });
  w.pass(SECOND);
  await ask();
  const retailer = { id: terminal.retailer, name: 'Corner Shop' };
  assert.deepEqual(await w.service.presentations.whatBecame(id, secret), {
    id,
    state: 'used',
    expiresAt,
    askings: [
      {
        askedAt: '2026-11-22T10:00:00.000Z',
        retailer,
        asked: ['age_over_21'],
        outcome: 'refused',
        reason: 'claim_not_presented',
        told: {},
      },
      {
        askedAt: '2026-11-22T10:00:01.000Z',
        retailer,
        asked: ['age_over_18'],
        outcome: 'approved',
        reason: null,
        told: { age_over_18: true },
      },
    ],
  });
});

test('of a portrait a wallet learns that it was told, and not the portrait', async (t) => {
  const { w, id, secret, ask } = await uploaded(t, 'identity', 'portrait', 'given_name');
  await ask(undefined, { ask: { claims: ['given_name'], portrait: true } });
  const { askings } = await w.service.presentations.whatBecame(id, secret);
  assert.deepEqual(askings[0]?.told, { given_name: 'Ada', portrait: true });
});

test('only the upload with its own secret is found', async (t) => {
  const { w, copy, id, secret } = await uploaded(t);
  const other = await present(w, copy);
  const { whatBecame } = w.service.presentations;
  for (const wrong of ['', secret.slice(1), `${secret}A`, other.secret]) {
    await assert.rejects(whatBecame(id, wrong), refusal('not_found'));
  }
  await assert.rejects(whatBecame('prs_none' as Id<'presentation'>, secret), refusal('not_found'));
});

test('what a wallet will read is not readable in the database', async (t) => {
  const { w, ask } = await uploaded(t, 'identity', 'given_name', 'birth_date');
  await ask(undefined, { ask: { claims: ['given_name', 'birth_date'], portrait: false } });
  const [row] = await w.db('presentation_askings');
  assert.equal(JSON.stringify(row).includes('Ada'), false);
  for (const text of ['"told"', '1992-12-10']) assert.equal((await w.bytes()).includes(text), false, text);
});

test('a ticket that nobody scanned waits, and then has expired', async (t) => {
  const { w, id, secret, expiresAt } = await uploaded(t);
  const state = async () => (await w.service.presentations.whatBecame(id, secret)).state;
  w.goTo(new Date(expiresAt.getTime() - 1).toISOString());
  assert.equal(await state(), 'waiting');
  w.pass(1);
  assert.equal(await state(), 'expired');
});

test('a stream tells each question at once and ends when the ticket is used', async (t) => {
  const { w, id, secret, ask } = await uploaded(t);
  const stream = w.service.presentations.follow(id, secret, never)[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await stream.next();
    return done ? 'the end' : `${value.state} ${value.askings.length}`;
  };
  assert.equal(await next(), 'waiting 0');
  const second = next();
  await ask(undefined, { ask: { claims: ['age_over_21'], portrait: false } });
  assert.equal(await second, 'waiting 1');
  const third = next();
  await ask();
  assert.equal(await third, 'used 2');
  assert.equal(await next(), 'the end');
});

test('a stream ends when another ticket of its copy is approved', async (t) => {
  const { w, copy, id, secret, ask } = await uploaded(t);
  const other = await present(w, copy);
  const stream = w.service.presentations.follow(id, secret, never)[Symbol.asyncIterator]();
  assert.equal((await stream.next()).value.state, 'waiting');
  const next = stream.next();
  await ask(other.ticket, { ask: ADULT });
  assert.equal((await next).value.state, 'voided');
  assert.equal((await stream.next()).done, true);
});

test('a stream of a ticket that nobody scans looks now and again, and ends when it has expired', async (t) => {
  const { w, id, secret } = await uploaded(t);
  const waits: number[] = [];
  const bell = {
    ring: () => {},
    wait: async (_: string, milliseconds: number) => {
      waits.push(milliseconds);
      w.pass(milliseconds);
    },
  };
  const needs = { ...w.service.stores, now: w.world.now, bell };
  assert.deepEqual(await seen(follow(needs, id, secret, never)), ['waiting 0', 'expired 0']);
  assert.deepEqual(waits, Array(29).fill(2 * SECOND));
});

test('a stream notices what another process did without a bell', async (t) => {
  const { w, id, secret, ask } = await uploaded(t);
  const bell = { ring: () => {}, wait: async () => void (await ask()) };
  const needs = { ...w.service.stores, now: w.world.now, bell };
  assert.deepEqual(await seen(follow(needs, id, secret, never)), ['waiting 0', 'used 1']);
});

test('a stream of what is over tells that and ends', async (t) => {
  const { w, id, secret, ask } = await uploaded(t);
  await ask();
  assert.deepEqual(await seen(w.service.presentations.follow(id, secret, never)), ['used 1']);
});

test('a stream ends when its reader goes away', async (t) => {
  const { w, id, secret } = await uploaded(t);
  const reader = new AbortController();
  const stream = w.service.presentations.follow(id, secret, reader.signal)[Symbol.asyncIterator]();
  await stream.next();
  const next = stream.next();
  reader.abort();
  assert.equal((await next).done, true);
});

test('a stream with a wrong secret is not found', async (t) => {
  const { w, id } = await uploaded(t);
  await assert.rejects(seen(w.service.presentations.follow(id, 'wrong', never)), refusal('not_found'));
});

test('a bell wakes those who wait for that presentation, and no others', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const bell = makeBell();
  const woken: string[] = [];
  const wait = (name: string, how: string) => bell.wait(name, 1_000, never).then(() => woken.push(how));
  const waits = [wait('one', 'first'), wait('one', 'second'), wait('other', 'other')];
  bell.ring(['one', 'nobody']);
  await Promise.all(waits.slice(0, 2));
  assert.deepEqual(woken, ['first', 'second']);
  t.mock.timers.tick(999);
  await Promise.resolve();
  assert.equal(woken.length, 2);
  t.mock.timers.tick(1);
  await waits[2];
  bell.ring(['one', 'other']);
  assert.deepEqual(woken, ['first', 'second', 'other']);
});

test('a bell lets go at once of a reader who has gone', async () => {
  await makeBell().wait('one', 1_000_000, AbortSignal.abort());
});
