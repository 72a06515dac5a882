import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSets } from '../../src/kernel/sets.ts';

/** Answers sets when it is told to, and remembers them. */
function held() {
  const sets: { asked: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const answerAll = (asked: readonly number[]): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      sets.push({ asked, answer: () => resolve(asked.map((one) => `answer ${one}`)), fail: reject });
    });
  return { sets, answerAll };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('whoever asks alone is asked for at once', async () => {
  const { sets, answerAll } = held();
  const ask = inSets(answerAll, { most: 10, atOnce: 1 });
  const answer = ask(1);
  await settled();
  assert.deepEqual(sets[0]?.asked, [1]);
  sets[0]?.answer();
  assert.equal(await answer, 'answer 1');
});

test('what arrives while a set is answered makes the next one, so many at most, in the order of arrival', async () => {
  const { sets, answerAll } = held();
  const ask = inSets(answerAll, { most: 3, atOnce: 1 });
  const first = ask(0);
  await settled();
  const others = [1, 2, 3, 4, 5].map(ask);
  await settled();
  assert.equal(sets.length, 1, 'one set at a time');
  sets[0]?.answer();
  await first;
  await settled();
  sets[1]?.answer();
  await settled();
  sets[2]?.answer();
  assert.deepEqual(
    await Promise.all(others),
    [1, 2, 3, 4, 5].map((one) => `answer ${one}`),
  );
  assert.deepEqual(
    sets.map(({ asked }) => asked),
    [[0], [1, 2, 3], [4, 5]],
  );
});

test('as many sets as allowed are answered beside each other', async () => {
  const { sets, answerAll } = held();
  const ask = inSets(answerAll, { most: 1, atOnce: 2 });
  const all = [1, 2, 3].map(ask);
  await settled();
  assert.equal(sets.length, 2);
  for (const set of sets) set.answer();
  await settled();
  sets[2]?.answer();
  assert.equal((await Promise.all(all)).length, 3);
});

test('if a set fails, each of its questions is asked alone, and one that fails again takes no other with it', async () => {
  const asked: (readonly number[])[] = [];
  const ask = inSets(
    async (set: readonly number[]) => {
      asked.push(set);
      if (set.includes(2)) throw new Error('two is bad');
      return set.map(String);
    },
    { most: 10, atOnce: 1 },
  );
  const results = await Promise.allSettled([1, 2, 3].map(ask));
  assert.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason))),
    ['1', 'Error: two is bad', '3'],
  );
  assert.deepEqual(asked, [[1, 2, 3], [1], [2], [3]]);
  assert.equal(await ask(4), '4', 'and it goes on');
});

test('an error for which no question is to blame fails the set and those who wait behind it, and nobody is asked again', async () => {
  const { sets, answerAll } = held();
  const away = new Error('nobody is there');
  const ask = inSets(answerAll, { most: 2, atOnce: 1, blameless: (error) => error === away });
  const all = [1, 2, 3, 4, 5].map(ask);
  await settled();
  sets[0]?.fail(away);
  const results = await Promise.allSettled(all);
  assert.ok(results.every((result) => result.status === 'rejected' && result.reason === away));
  assert.equal(sets.length, 1);
  const next = ask(6);
  await settled();
  sets[1]?.answer();
  assert.equal(await next, 'answer 6', 'and it goes on');
});

test('such an error stops the questions of a set that are asked one by one', async () => {
  const away = new Error('nobody is there');
  const asked: (readonly number[])[] = [];
  const ask = inSets(
    async (set: readonly number[]) => {
      asked.push(set);
      throw set.length > 1 ? new Error('one of these is bad') : away;
    },
    { most: 10, atOnce: 1, blameless: (error) => error === away },
  );
  const results = await Promise.allSettled([1, 2, 3].map(ask));
  assert.ok(results.every((result) => result.status === 'rejected' && result.reason === away));
  assert.deepEqual(asked, [[1, 2, 3], [1]]);
});

test('a set that is answered in part is a bug, and nobody gets another’s answer', async () => {
  const ask = inSets(async (set: readonly number[]) => set.slice(1).map(String), { most: 10, atOnce: 1 });
  await assert.rejects(ask(1), /answered in part/);
});
