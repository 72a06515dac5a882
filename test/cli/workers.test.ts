import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { keepWorkers, type Worker } from '../../src/cli/workers.ts';

/** Workers that live and die as the test says, on a clock that it turns. */
function company() {
  const workers: { worker: Worker; listen: () => void; die: (how: string) => void; stopped: boolean }[] = [];
  let at = 0;
  const fork = (): Worker => {
    let [listen, die] = [() => {}, (_how: string) => {}];
    const listening = new Promise<void>((resolve) => {
      listen = resolve;
    });
    const ended = new Promise<string>((resolve) => {
      die = resolve;
    });
    const entry = { stopped: false, listen, die, worker: {} as Worker };
    const stop = (): void => {
      entry.stopped = true;
      die('code 0');
    };
    entry.worker = { pid: workers.length + 1, listening, ended, stop };
    workers.push(entry);
    return entry.worker;
  };
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  return {
    workers,
    fork,
    logger,
    now: () => new Date(at),
    waits: () => lines.map((line) => JSON.parse(line).milliseconds),
    pass(milliseconds: number): void {
      at += milliseconds;
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 500, 'it did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('so many workers are started, and they are ready when all of them listen', async () => {
  const { workers, ...needs } = company();
  const crew = keepWorkers({ ...needs, count: 3 });
  assert.equal(workers.length, 3);
  for (const { listen } of workers) listen();
  assert.equal(await crew.listening, true);
  await crew.stop();
});

test('a worker that ends before it listened is told of', async () => {
  const { workers, ...needs } = company();
  const crew = keepWorkers({ ...needs, count: 2 });
  workers[0]!.die('code 1');
  assert.equal(await crew.listening, false);
  await crew.stop();
});

test('a worker that dies is replaced, later each time while they die young', async () => {
  const { workers, waits, pass, ...needs } = company();
  const crew = keepWorkers({ ...needs, count: 1 });
  workers[0]!.die('SIGKILL');
  await until(() => workers.length === 2);
  workers[1]!.die('code 1');
  await until(() => workers.length === 3);
  pass(61_000);
  workers[2]!.die('code 1');
  await until(() => workers.length === 4);
  assert.deepEqual(waits(), [250, 500, 250]);
  await crew.stop();
});

test('all workers are asked to stop once, and none is replaced then', async () => {
  const { workers, ...needs } = company();
  const crew = keepWorkers({ ...needs, count: 2 });
  await crew.stop();
  assert.deepEqual(
    workers.map(({ stopped }) => stopped),
    [true, true],
  );
});

test('a worker that is waited for is not started after a stop', async () => {
  const { workers, ...needs } = company();
  const crew = keepWorkers({ ...needs, count: 1 });
  workers[0]!.die('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await crew.stop();
  assert.equal(workers.length, 1);
});
