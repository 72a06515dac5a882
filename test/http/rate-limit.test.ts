import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { allowanceHeaders, rateLimit } from '../../src/http/rate-limit.ts';
import { Fault } from '../../src/kernel/fault.ts';

function stillClock(t: TestContext): void {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.parse('2026-11-22T10:00:00Z') });
}

function limited(retryAfter: number): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof Fault);
    assert.equal(thrown.kind, 'rate_limited');
    assert.equal(thrown.more.retryAfter, retryAfter);
    return true;
  };
}

test('an allowance is counted down over two seconds, and the one too many is refused', async (t) => {
  stillClock(t);
  const limit = rateLimit('key', 2);
  const left = [await limit('a'), await limit('a'), await limit('a'), await limit('a')];
  assert.deepEqual(
    left.map(({ remaining }) => remaining),
    [3, 2, 1, 0],
  );
  assert.deepEqual(left[0], { name: 'key', perSecond: 2, remaining: 3, resets: 2 });
  await assert.rejects(limit('a'), limited(2));
});

test('it is full again two seconds after its first request, and not sooner', async (t) => {
  stillClock(t);
  const limit = rateLimit('key', 1);
  await limit('a');
  t.mock.timers.tick(1_500);
  await limit('a');
  await assert.rejects(limit('a'), limited(0.5));
  t.mock.timers.tick(499);
  await assert.rejects(limit('a'), limited(0.001));
  t.mock.timers.tick(1);
  assert.equal((await limit('a')).remaining, 1);
});

test('each caller has an allowance of its own, and so has each limit', async (t) => {
  stillClock(t);
  const [limit, other] = [rateLimit('key', 1), rateLimit('key', 1)];
  await limit('a');
  await limit('a');
  await assert.rejects(limit('a'), limited(2));
  assert.equal((await limit('b')).remaining, 1);
  assert.equal((await other('a')).remaining, 1);
});

test('the headers say the policy, what is left and when it is full again', () => {
  assert.deepEqual(allowanceHeaders({ name: 'key', perSecond: 100, remaining: 7, resets: 1.2 }), {
    'RateLimit-Policy': '"key";q=200;w=2',
    RateLimit: '"key";r=7;t=2',
  });
});
