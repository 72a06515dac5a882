import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startSweeps } from '../src/sweeps.ts';

const EVERY = 1_000;

/** Sweeps on a clock that the test turns. A run lasts until the test lets it end. */
function broom(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const ends: { resolve: (value?: unknown) => void; reject: (error: Error) => void }[] = [];
  const run = () => new Promise((resolve, reject) => ends.push({ resolve, reject }));
  return {
    sweep: { every: EVERY, run },
    runs: () => ends.length,
    async end(error?: Error): Promise<void> {
      const last = ends.at(-1);
      if (error) last?.reject(error);
      else last?.resolve();
      await settled();
    },
    pass: (milliseconds: number) => t.mock.timers.tick(milliseconds),
  };
}

/** Resolves when everything that was ready to happen has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function never(error: unknown): void {
  assert.fail(String(error));
}

test('a sweep runs at once, and then at each turn', async (t) => {
  const { sweep, runs, end, pass } = broom(t);
  startSweeps([sweep], never);
  assert.equal(runs(), 1);
  await end();
  pass(EVERY - 1);
  assert.equal(runs(), 1);
  pass(1);
  assert.equal(runs(), 2);
  await end();
  pass(EVERY);
  assert.equal(runs(), 3);
});

test('a sweep that takes longer than its turn is not begun a second time', async (t) => {
  const { sweep, runs, end, pass } = broom(t);
  startSweeps([sweep], never);
  pass(5 * EVERY);
  assert.equal(runs(), 1);
  await end();
  pass(EVERY);
  assert.equal(runs(), 2);
});

test('a sweep that fails is told of and tried again at its next turn', async (t) => {
  const { sweep, runs, end, pass } = broom(t);
  const told: unknown[] = [];
  startSweeps([sweep], (error) => told.push(error));
  const trouble = new Error('disk full');
  await end(trouble);
  assert.deepEqual(told, [trouble]);
  pass(EVERY);
  assert.equal(runs(), 2);
  await end();
  assert.equal(told.length, 1);
});

test('a slow or failing sweep holds up no other', async (t) => {
  const { sweep, pass } = broom(t);
  let others = 0;
  const other = async () => {
    others += 1;
  };
  const failing = async () => {
    throw new Error('no');
  };
  startSweeps([sweep, { every: EVERY, run: failing }, { every: EVERY, run: other }], () => {});
  await settled();
  pass(EVERY);
  await settled();
  pass(EVERY);
  assert.equal(others, 3);
});

test('to stop is to wait for the run that is under way, and to begin no other', async (t) => {
  const { sweep, runs, end, pass } = broom(t);
  const stop = startSweeps([sweep], never);
  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await settled();
  assert.equal(stopped, false);
  pass(5 * EVERY);
  await end();
  await stopping;
  assert.equal(stopped, true);
  pass(5 * EVERY);
  assert.equal(runs(), 1);
});

test('a last run that fails is told of, and stopping goes on', async (t) => {
  const { sweep, end } = broom(t);
  const told: unknown[] = [];
  const stop = startSweeps([sweep], (error) => told.push(error));
  const stopping = stop();
  await end(new Error('closed'));
  await stopping;
  assert.equal(told.length, 1);
});

test('with nothing to sweep, stopping is done at once', async () => startSweeps([], never)());
