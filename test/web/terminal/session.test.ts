import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keptSession, readSession, type Session } from '../../../src/web/terminal/session.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const SESSION: Session = {
  token: 'cp_live_x',
  terminalId: 'ter_4',
  terminalName: 'Till 4',
  retailerName: 'Corner Shop',
  live: true,
  expiresAt: new Date('2026-11-22T22:00:00Z'),
};

describe('a kept session', () => {
  test('is read as it was kept', () => assert.deepEqual(readSession(keptSession(SESSION), NOW), SESSION));
  test('is none once it has ended', () =>
    assert.equal(readSession(keptSession(SESSION), SESSION.expiresAt), null));
  test('is none if it is anything else', () => {
    for (const text of [null, '', 'null', '{}', '[]', '{"expiresAt":"2027-01-01"}']) {
      assert.equal(readSession(text, NOW), null, String(text));
    }
  });
});
