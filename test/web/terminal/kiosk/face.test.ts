import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type NextStep, REASONS } from '../../../../src/judgement/verdict.ts';
import { fixedTo } from '../../../../src/web/terminal/basket.ts';
import { faceOf, kioskFace } from '../../../../src/web/terminal/kiosk/face.ts';
import type { Place } from '../../../../src/web/terminal/place.ts';
import {
  alreadyScanned,
  needsNetworkNow,
  notACode,
  notAsked,
  nothingChosen,
  otherKind,
  resultOf,
} from '../../../../src/web/terminal/result.ts';
import { openTill, type Till } from '../../../../src/web/terminal/till-state.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const LATER = new Date('2026-11-22T11:00:00Z');
const SESSION = {
  token: 'cp_live_secret',
  terminalId: 'ter_4',
  terminalName: 'Till 4',
  retailerName: 'Corner Shop',
  live: true,
  expiresAt: LATER,
};
const OPEN: Place = { at: 'open', session: SESSION };
const ALCOHOL = { id: 'alcohol', title: 'Alcohol', claims: ['age_over_18'], presenter: 'none' } as const;
const TILL: Till = { ...openTill(true), policies: [ALCOHOL], basket: fixedTo(['alcohol']) };
const ALONE: Till = { ...TILL, awaySince: NOW, offline: { staleAt: LATER, expiresAt: LATER } };
const QUESTION = { token: '1', policies: ['alcohol'], reference: null, key: 'k', scannedAt: NOW };

const refused = (reason: (typeof REASONS)[number], next_step: NextStep) =>
  faceOf(resultOf({ outcome: 'refused', reason, next_step, claims: {} }));
const face = (till: Till, place: Place = OPEN, wrongClock = false) =>
  kioskFace({ place, till, wrongClock, now: NOW });

describe('what a customer sees of an answer', () => {
  test('is the same neutral face for each refusal that no other code helps with, whatever the reason', () => {
    for (const reason of REASONS) {
      assert.equal(refused(reason, 'ask_for_physical_id'), 'staff', reason);
      assert.equal(refused(reason, 'refuse'), 'staff', reason);
    }
  });

  test('is to show a new code where one may help', () => {
    assert.equal(refused('expired', 'ask_for_new_code'), 'again');
    assert.equal(refused('already_used', 'ask_for_new_code'), 'again');
    for (const result of [notACode(), otherKind(true), alreadyScanned(NOW)]) {
      assert.equal(faceOf(result), 'again');
    }
  });

  test('is a yes for what sells, and for nothing that shows a person or is to be looked at', () => {
    const yes = { outcome: 'approved', reason: null } as const;
    const claims = { age_over_18: true } as const;
    assert.equal(faceOf(resultOf({ ...yes, next_step: 'sell', claims })), 'approved');
    assert.equal(faceOf(resultOf({ ...yes, next_step: 'compare_portrait', claims })), 'staff');
    assert.equal(faceOf(resultOf({ ...yes, next_step: 'sell', claims: { family_name: 'Sample' } })), 'staff');
  });

  test('is to wait for staff where the till may not ask, or has nothing to ask', () => {
    assert.equal(faceOf(notAsked('not_permitted')), 'staff');
    assert.equal(faceOf(notAsked('unknown_policy')), 'staff');
    assert.equal(faceOf(nothingChosen()), 'staff');
    assert.equal(faceOf(needsNetworkNow()), 'away');
  });
});

describe('what a customer sees of the till', () => {
  test('is ready with the service, and without it only while the till judges by itself with a clock that is right', () => {
    assert.equal(face(TILL), 'ready');
    assert.equal(face(TILL, OPEN, true), 'ready');
    assert.equal(face(ALONE), 'ready');
    assert.equal(face(ALONE, OPEN, true), 'away');
    assert.equal(face({ ...TILL, awaySince: NOW }), 'away');
    assert.equal(face({ ...ALONE, offline: { staleAt: NOW, expiresAt: NOW } }), 'away');
  });

  test('is that it is closed once the session is over or the till is blocked', () => {
    assert.equal(face(TILL, { at: 'unpaired', ended: true, busy: false, wrong: null }), 'closed');
    assert.equal(face(TILL, { at: 'shut_out', session: SESSION }), 'closed');
  });

  test('is that it is closed once somebody made a rule of it ask who somebody is', () => {
    assert.equal(face({ ...TILL, policies: [{ ...ALCOHOL, presenter: 'portrait' }] }), 'closed');
    assert.equal(face({ ...TILL, policies: [{ ...ALCOHOL, claims: ['birth_date'] }] }), 'closed');
  });

  test('is nothing yet before the rules are there', () =>
    assert.equal(face({ ...TILL, policies: [] }), 'starting'));

  test('is one moment while it asks again by itself, and then to wait for staff', () => {
    const unanswered = (retryAt: Date | null): Till => ({
      ...TILL,
      phase: { at: 'unanswered', question: QUESTION, tries: 1, retryAt },
    });
    assert.equal(face({ ...TILL, phase: { at: 'checking', question: QUESTION, tries: 0 } }), 'checking');
    assert.equal(face(unanswered(LATER)), 'checking');
    assert.equal(face(unanswered(null)), 'away');
  });
});
