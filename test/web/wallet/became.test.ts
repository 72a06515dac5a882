import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { utf8 } from '../../../src/kernel/bytes.ts';
import { eventsOf } from '../../../src/web/wallet/became.ts';

const events = ['{"state":"waiting","shop":"Café"}', '{"state":"used"}'];
const stream = events.map((event) => `data: ${event}\n\n`).join('');

async function read(...parts: readonly Uint8Array[]): Promise<readonly unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  const found: unknown[] = [];
  for await (const event of eventsOf(body)) found.push(event);
  return found;
}

describe('a stream of events', () => {
  const whole = utf8(stream);

  test('is read wherever it was cut, also inside a letter', async () => {
    for (let at = 0; at <= whole.length; at++) {
      const found = await read(whole.subarray(0, at), whole.subarray(at));
      assert.deepEqual(
        found,
        events.map((event) => JSON.parse(event)),
        `cut at ${at}`,
      );
    }
  });

  test('that breaks inside an event tells what was whole', async () => {
    assert.equal((await read(whole.subarray(0, whole.length - 5))).length, 1);
  });

  test('may hold comments that say nothing', async () => {
    assert.deepEqual(await read(utf8(`: still here\n\n${stream}`)), await read(whole));
  });
});
