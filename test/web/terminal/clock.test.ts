import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clockError } from '../../../src/web/terminal/clock.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10) + seconds * 1_000);

describe('the clock of a till', () => {
  test('is right where the service told its time between asking and hearing', () => {
    assert.equal(clockError(at(0), at(0.4), at(0.6)), null);
    assert.equal(clockError(at(5), at(0), at(9)), null);
  });
  test('may be a minute off, since codes live that long', () => {
    assert.equal(clockError(at(0), at(60), at(61)), null);
    assert.equal(clockError(at(60), at(0), at(0)), null);
  });
  test('is ahead or behind beyond that', () => {
    assert.equal(clockError(at(0), at(721), at(722)), 720);
    assert.equal(clockError(at(720), at(0), at(1)), -719);
  });
  test('is not judged by an answer that was long on its way', () =>
    assert.equal(clockError(at(100), at(0), at(101)), null));
  test('is not judged where the service tells no time', () => {
    assert.equal(clockError(null, at(0), at(0)), null);
    assert.equal(clockError(new Date('soon'), at(0), at(0)), null);
  });
});
