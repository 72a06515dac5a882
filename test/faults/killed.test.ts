import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBooks, dice, salesOf, sell, settle, showAll } from '../support/sales.ts';
import { openSandboxShop, startShop } from '../support/sandbox-shop.ts';

const ROUNDS = 20;
/** Turns of the event loop between the answer that was chosen and the kill, at most. */
const TURNS = 40;

test(`what tills were told outlives ${ROUNDS} kills under load, and nothing is approved twice`, async (t) => {
  const { home, scene, tills, shown, first } = await openSandboxShop(t);
  const roll = dice(20_261_122);
  let service = first;
  let unheard = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    const sales = salesOf(await showAll(scene, shown), tills, { round });
    const [answers, turns] = [1 + roll(sales.length - 16), roll(TURNS)];
    let killed: Promise<unknown> = Promise.resolve();
    const asked = await sell(home.url, sales, (_heard, count) => {
      if (count === answers) killed = afterTurns(turns).then(() => service.end('SIGKILL'));
    });
    await killed;
    unheard += asked.filter(({ heard }) => heard.kind === 'nothing').length;
    service = await startShop(home);
    await settle(scene, asked);
  }
  t.diagnostic(`${unheard} questions heard nothing`);
  assert.ok(unheard > ROUNDS, 'the kills came too late to hurt');
  assert.equal((await service.end('SIGTERM')).code, 0);
  await checkBooks(home.databaseUrl);
});

async function afterTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((next) => setImmediate(next));
}
