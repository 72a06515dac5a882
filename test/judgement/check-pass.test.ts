import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Pass, readPass } from '../../src/formats/pass.ts';
import type { DirectoryKey } from '../../src/formats/pass-directory.ts';
import { passChecker } from '../../src/judgement/check-pass.ts';
import { makePass, makePassKey } from '../support/passes.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const issuer = makePassKey();
const listed: DirectoryKey = {
  keyId: issuer.keyId,
  spki: issuer.spki,
  claim: 'age_over_18',
  notBefore: new Date('2026-11-22T00:00:00Z'),
  expiresAt: new Date('2026-11-24T00:00:00Z'),
  withdrawnAt: null,
};
const directory = (...keys: DirectoryKey[]) =>
  passChecker((id) => keys.find((key) => key.keyId === id) ?? null);

let pass: Pass;
before(async () => {
  pass = readPass(await (await makePass(issuer)).show(NOW))!;
});

test('a pass of a listed key holds, for the claim and the window of that key', async () => {
  const { shown } = await directory(listed)(pass);
  const { claim, notBefore, expiresAt } = listed;
  assert.deepEqual(shown, {
    kind: 'pass',
    window: { claim, notBefore, expiresAt },
    holds: true,
    shownAt: NOW,
  });
});

test('a key that is not listed, or was withdrawn, vouches for nothing', async () => {
  for (const keys of [[], [{ ...listed, withdrawnAt: NOW }]]) {
    const { shown } = await directory(...keys)(pass);
    assert.deepEqual([shown.window, shown.holds], [null, false]);
  }
});

test('a pass that another key signed does not hold', async () => {
  const other = makePassKey();
  const { shown } = await directory({ ...listed, spki: other.spki })(pass);
  assert.deepEqual([shown.window?.claim, shown.holds], ['age_over_18', false]);
});

test('a pass has one mark however often it is shown, and no other pass has it', async () => {
  const check = directory(listed);
  const held = await makePass(issuer);
  const marks = await Promise.all(
    [0, 10_000, 20_000].map(async (later) => {
      const shown = readPass(await held.show(new Date(NOW.getTime() + later)))!;
      return (await check(shown)).mark;
    }),
  );
  assert.equal(new Set(marks).size, 1);
  assert.notEqual((await check(pass)).mark, marks[0]);
});

test('a key is listed anew with the same bytes: what is good stays good', async () => {
  const check = passChecker(() => ({ ...listed, spki: Uint8Array.from(listed.spki) }));
  assert.equal((await check(pass)).shown.holds, true);
  assert.equal((await check(pass)).shown.holds, true);
});
