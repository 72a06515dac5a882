import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CryptoKey } from 'jose';
import { call as demand } from '../../../../src/cli/demo/call.ts';
import { showPass } from '../../../../src/formats/pass.ts';
import type { Fetch } from '../../../../src/web/wallet/call.ts';
import { passesOf } from '../../../../src/web/wallet/face.ts';
import { readBook, writeBook } from '../../../../src/web/wallet/passes/book.ts';
import { passesLeft } from '../../../../src/web/wallet/passes/stock.ts';
import { offerFor, shopWith } from '../../../support/people.ts';
import { passPhone, passService } from '../support/pass-phone.ts';

const DAY = 86_400_000;

test('a phone that was just enrolled fetches for this window and the next, for every age and status', async (t) => {
  const { stockUp, face, sent, running } = await passPhone(await passService(t));
  const told: number[] = [];
  assert.deepEqual(await stockUp(({ done, total }) => told.push(done / total)), { kept: 48, trouble: null });
  assert.equal(sent().length, 6);
  const stock = passesOf(await face());
  assert.deepEqual(
    stock.map(({ claim, left }) => [claim, left]),
    [0, 1].flatMap(() => ['age_over_18', 'age_over_21', 'status_student'].map((claim) => [claim, 8])),
  );
  assert.equal(passesLeft(stock, 'age_over_18', running.now()), 8);
  assert.deepEqual([told[0], told.at(-1), told.length], [0, 1, 7]);
});

test('the service approves a pass once, and the next showing is another pass', async (t) => {
  const { stockUp, vault, running } = await passPhone(await passService(t));
  await stockUp();
  const { key } = await shopWith(running, ['age_over_18']);
  const digits: string[] = [];
  for (let shown = 0; shown < 2; shown++) {
    const taken = (await vault.passes.take('age_over_18')) ?? assert.fail('there is no pass');
    digits.push(await showPass(taken.pass, running.now(), taken.device.sign));
  }
  const ask = async (token: string | undefined) => {
    const json = { token, ask: { claims: ['age_over_18'] } };
    const { body } = await demand(`${running.url}/v1/verifications`, { method: 'POST', token: key, json });
    return [body.outcome, body.reason, body.proof];
  };
  assert.deepEqual(await ask(digits[0]), ['approved', null, 'pass']);
  assert.deepEqual(await ask(digits[0]), ['refused', 'already_used', 'pass']);
  assert.deepEqual(await ask(digits[1]), ['approved', null, 'pass']);
});

test('nothing is fetched again before its time, however much was shown', async (t) => {
  const { stockUp, stockUpAgain, vault, sent } = await passPhone(await passService(t));
  await stockUp();
  while ((await vault.passes.take('age_over_18')) !== null);
  assert.deepEqual(await stockUpAgain(), { kept: 0, trouble: null });
  assert.equal(sent().length, 6);
});

test('the directory and its keys are asked for without a token, and nothing carries a cookie', async (t) => {
  const { stockUp, asked } = await passPhone(await passService(t));
  await stockUp();
  const named = asked.filter(({ init }) => init.headers.authorization !== undefined);
  assert.ok(named.every(({ url }) => !/pass-directory|jwks/.test(url)));
  assert.ok(asked.some(({ url }) => url.endsWith('/v1/pass-directory')));
  assert.ok(asked.every(({ init }) => init.credentials === 'omit'));
});

test('a request whose answer was lost is sent again as it was, and takes nothing of the quota', async (t) => {
  const { stockUp, detour, network, sent } = await passPhone(await passService(t));
  let lost = 0;
  detour.fetch = async (url, init) => {
    const answer = await network(url, init);
    if (url.endsWith('/v1/passes') && lost++ === 1) throw new TypeError('the network went away');
    return answer;
  };
  assert.deepEqual(await stockUp(), { kept: 8, trouble: 'unreachable' });
  const [, unanswered] = sent();
  assert.deepEqual(await stockUp(), { kept: 40, trouble: null });
  assert.equal(sent()[2], unanswered);
});

test('another phone of the same person gets none where the first has them', async (t) => {
  const running = await passService(t);
  const first = await passPhone(running);
  await first.stockUp();
  const offer = await offerFor(running, first.person.id);
  const second = await passPhone(running, { id: first.person.id, ...offer });
  assert.deepEqual(await second.stockUp(), { kept: 0, trouble: 'taken' });
  assert.deepEqual(await second.stockUp(), { kept: 0, trouble: null });
  assert.equal(second.sent().length, 6);
});

test('somebody who is suspended is told so, and gets passes once that is over', async (t) => {
  const { stockUp, person, running, stockUpAgain } = await passPhone(await passService(t));
  const token = running.adminKey;
  const at = (verb: string) => `${running.url}/v1/people/${person.id}/${verb}`;
  const json = { reason: 'lost_document' };
  await demand(at('suspend'), { method: 'POST', token, json });
  assert.deepEqual(await stockUp(), { kept: 0, trouble: 'not_entitled' });
  await demand(at('reinstate'), { method: 'POST', token, json });
  assert.deepEqual(await stockUpAgain(), { kept: 48, trouble: null });
});

test('a session whose owner was verified long ago is told to sign in again', async (t) => {
  const { stockUp, running } = await passPhone(await passService(t));
  running.pass(16 * 60_000);
  assert.equal((await stockUp()).trouble, 'stale');
});

test('passes that are off leave everything as it was', async (t) => {
  const { stockUp, face } = await passPhone(await passService(t, { PASSES: 'off' }));
  assert.deepEqual(await stockUp(), { kept: 0, trouble: null });
  assert.deepEqual(passesOf(await face()), []);
});

/** What a service might answer in place of the signatures that were asked for. */
const RUBBISH: readonly (readonly [string, (body: { signatures: string[] }) => unknown])[] = [
  ['fewer signatures', ({ signatures }) => ({ signatures: signatures.slice(1) })],
  ['signatures in another order', ({ signatures }) => ({ signatures: [...signatures].reverse() })],
  [
    'a signature that does not fit',
    ({ signatures }) => ({ signatures: signatures.map(() => signatures[0]) }),
  ],
  ['a signature that is none', ({ signatures }) => ({ signatures: signatures.map(() => 'AA') })],
  ['numbers', ({ signatures }) => ({ signatures: signatures.map(Number) })],
  ['nothing', () => ({})],
  ['a list', () => []],
];

for (const [what, spoil] of RUBBISH) {
  test(`a service that answers with ${what} costs no pass: what it signed is had when it answers well`, async (t) => {
    const { stockUp, detour, network, face } = await passPhone(await passService(t, { AGES: '18' }));
    detour.fetch = spoiling(network, (text) => JSON.stringify(spoil(JSON.parse(text))));
    assert.deepEqual(await stockUp(), { kept: 0, trouble: 'bad_answer' });
    assert.ok(passesOf(await face()).every(({ left }) => left === 0));
    detour.fetch = network;
    assert.deepEqual(await stockUp(), { kept: 32, trouble: null });
  });
}

test('a service that answers with a page of something else loses nothing either', async (t) => {
  const { stockUp, detour, network } = await passPhone(await passService(t));
  detour.fetch = spoiling(network, () => '<!doctype html>');
  assert.deepEqual(await stockUp(), { kept: 0, trouble: 'bad_answer' });
  detour.fetch = network;
  assert.deepEqual(await stockUp(), { kept: 48, trouble: null });
});

test('a phone keeps nothing readable of a pass, and its device keys cannot be read out', async (t) => {
  const { stockUp, phone, vault } = await passPhone(await passService(t));
  await stockUp();
  const names = [...phone.shelf.things.keys()];
  assert.equal(names.filter((name) => name.startsWith('pass/')).length, 48);
  for (const [name, value] of phone.shelf.things) {
    if (name.startsWith('key/')) assert.equal((value as CryptoKey).extractable, false);
    else if (name.startsWith('pass/')) assert.ok(value instanceof Uint8Array, name);
  }
  const taken = (await vault.passes.take('age_over_18')) ?? assert.fail();
  const left = JSON.stringify([...phone.shelf.things]);
  assert.ok(!left.includes(Buffer.from(taken.pass.deviceKey).toString('base64url')));
  assert.equal([...phone.shelf.things.keys()].length, names.length - 2);
});

test('passes that are over are removed when there are new ones', async (t) => {
  const { stockUp, stockUpAgain, running, face, phone } = await passPhone(await passService(t));
  await stockUp();
  running.pass(3 * DAY);
  await writeBook(phone.shelf, () => ({ seen: [] }));
  const { makeAllKeys } = await import('../support/pass-phone.ts');
  await makeAllKeys(running);
  assert.deepEqual(await stockUpAgain(), { kept: 48, trouble: null });
  assert.equal(passesOf(await face()).length, 6);
  assert.equal([...phone.shelf.things.keys()].filter((name) => name.startsWith('pass/')).length, 48);
});

test('a phone whose clock is an hour off shows by the clock of the service', async (t) => {
  const { stockUp, running, phone } = await passPhone(await passService(t));
  const { now } = phone.world;
  Object.assign(phone.world, { now: () => new Date(now().getTime() + 3_600_000) });
  assert.equal((await stockUp()).trouble, null);
  const { clockOffset } = await readBook(phone.shelf);
  assert.equal(clockOffset, -3_600_000);
  assert.ok(Math.abs(phone.world.now().getTime() + clockOffset - running.now().getTime()) < 1_000);
});

function spoiling(network: Fetch, spoil: (text: string) => string): Fetch {
  return async (url, init) => {
    const answer = await network(url, init);
    if (!url.endsWith('/v1/passes')) return answer;
    return new Response(spoil(await answer.text()), { status: 200 });
  };
}
