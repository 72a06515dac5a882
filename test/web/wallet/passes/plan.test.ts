import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SeenKey } from '../../../../src/formats/pass-directory.ts';
import { base64url } from '../../../../src/kernel/bytes.ts';
import { drawnFor } from '../../../../src/web/wallet/passes/draws.ts';
import { isTimeToStock, keyIdOf, type PlanInput, stockPlan } from '../../../../src/web/wallet/passes/plan.ts';

const DAY = 86_400;
const TODAY = Date.parse('2026-11-22T00:00:00Z') / 1_000;
const CLAIMS = ['age_over_18', 'status_student'] as const;

const seenKey = (claim: string, window: number): SeenKey => ({
  claim,
  notBefore: TODAY + window * DAY,
  expiresAt: TODAY + (window + 2) * DAY,
  hash: base64url(Uint8Array.from([claim.length, window + 9, 7, 7, 1])),
  withdrawn: false,
});
const seen = [-1, 0, 1, 2].flatMap((window) =>
  [...CLAIMS, 'age_over_65'].map((claim) => seenKey(claim, window)),
);
const idsOf = (...windows: number[]) =>
  new Set(windows.flatMap((window) => CLAIMS.map((claim) => keyIdOf(seenKey(claim, window)))));
/** Noon is when tomorrow's passes are to be fetched. */
const input = (had: ReadonlySet<string> = new Set(), more: Partial<PlanInput> = {}): PlanInput => ({
  seen,
  draws: [{ window: TODAY + DAY, at: (TODAY + DAY / 2) * 1_000 }],
  claims: [...CLAIMS, 'given_name'],
  had,
  ...more,
});
const at = (hours: number) => new Date((TODAY + hours * 3_600) * 1_000);
const windowsIn = (plan: ReturnType<typeof stockPlan>) =>
  plan.map(({ claim, notBefore }) => [(notBefore - TODAY) / DAY, claim]);

describe('what is fetched', () => {
  test('is this window and the next, of all own claims, where nothing was fetched for this one', () => {
    const both = [0, 1].flatMap((window) => CLAIMS.map((claim) => [window, claim]));
    assert.deepEqual(windowsIn(stockPlan(input(), at(1))), both);
    assert.deepEqual(windowsIn(stockPlan(input(idsOf(-1)), at(1))), both);
  });

  test('is nothing until the drawn time has come, and then the next window in full', () => {
    assert.deepEqual(stockPlan(input(idsOf(0)), at(11.9)), []);
    assert.deepEqual(
      windowsIn(stockPlan(input(idsOf(0)), at(12))),
      CLAIMS.map((claim) => [1, claim]),
    );
    assert.deepEqual(stockPlan(input(idsOf(0, 1)), at(23)), []);
  });

  test('is the rest of what was begun, at once', () => {
    const [begun = ''] = idsOf(1);
    const rest = stockPlan(input(new Set([...idsOf(0), begun])), at(1));
    assert.deepEqual(windowsIn(rest), [[1, 'status_student']]);
  });

  test('is never of a key that was withdrawn', () => {
    const withdrawn = seen.map((key) => ({ ...key, withdrawn: key.claim === 'age_over_18' }));
    const plan = stockPlan(input(new Set(), { seen: withdrawn }), at(1));
    assert.deepEqual([...new Set(plan.map(({ claim }) => claim))], ['status_student']);
  });

  test('is something where no key of today is known any more, and nothing where there are no passes', () => {
    assert.equal(isTimeToStock(input(idsOf(0, 1)), at(11)), false);
    assert.equal(isTimeToStock(input(idsOf(0, 1)), at(24 * 9)), true);
    assert.equal(isTimeToStock(input(new Set(), { seen: [] }), at(1)), false);
  });
});

describe('the time to fetch for a window', () => {
  const random = (byte: number) => (length: number) => new Uint8Array(length).fill(byte);

  test('lies in the window before it, wherever chance has it', () => {
    for (const [byte, part] of [
      [0, 0],
      [0x80, 0.5],
      [0xff, 1],
    ] as const) {
      const draw = drawnFor(seen, [], random(byte)).find(({ window }) => window === TODAY + DAY);
      assert.ok(Math.abs((draw?.at ?? 0) / 1_000 - (TODAY + part * DAY)) < DAY / 400, String(byte));
    }
  });

  test('does not move once it was drawn', () => {
    const drawn = drawnFor(seen, [], random(3));
    assert.deepEqual(drawnFor(seen, drawn, random(200)), drawn);
  });
});
