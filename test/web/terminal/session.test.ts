import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keptSession, readPolicies, readSession, type Session } from '../../../src/web/terminal/session.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const SESSION: Session = {
  token: 'cp_live_x',
  terminalId: 'ter_4',
  terminalName: 'Till 4',
  retailerName: 'Corner Shop',
  live: true,
  expiresAt: new Date('2026-11-22T22:00:00Z'),
};

const POLICIES = [{ id: 'alcohol', title: 'Alcohol', claims: ['age_over_18'], presenter: 'none' }] as const;

describe('a kept session', () => {
  test('is read as it was kept', () =>
    assert.deepEqual(readSession(keptSession(SESSION, POLICIES), NOW), SESSION));
  test('has the policies beside it, as far as they can be read', () => {
    assert.deepEqual(readPolicies(keptSession(SESSION, POLICIES)), POLICIES);
    const [good] = POLICIES;
    const mixed = [good, {}, { ...good, claims: 'age_over_18' }, { ...good, id: 7 }];
    assert.deepEqual(readPolicies(JSON.stringify({ policies: mixed })), POLICIES);
    for (const text of [null, '', '{}', '{"policies":1}']) assert.deepEqual(readPolicies(text), []);
  });
  test('is none once it has ended', () =>
    assert.equal(readSession(keptSession(SESSION, POLICIES), SESSION.expiresAt), null));
  test('is none if it is anything else', () => {
    for (const text of [null, '', 'null', '{}', '[]', '{"expiresAt":"2027-01-01"}']) {
      assert.equal(readSession(text, NOW), null, String(text));
    }
  });
});
