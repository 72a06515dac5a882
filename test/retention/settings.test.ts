import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Config, ConfigError, readConfig } from '../../src/config.ts';
import { root } from '../support/checkout.ts';

function config(environment: Record<string, string>): Config {
  return readConfig(environment, true, {
    path: (path) => `/${path}`,
    fileUrl: (path) => `file:///${path}`,
    read: () => '',
  });
}

test('without settings, what is over is kept for the times that the documentation names', () => {
  assert.deepEqual(config({}).retention, {
    verificationDays: 90,
    presentationHours: 24,
    eventDays: [
      ['verification', 90],
      ['passes', 7],
    ],
    countDays: 730,
    offerDays: 30,
    statusDays: 1,
    terminalKeyDays: 30,
    reportDays: 365,
  });
});

test('events are kept by their kinds, or all of them', () => {
  assert.deepEqual(config({ EVENT_DAYS: 'verification:30, credential:400' }).retention.eventDays, [
    ['verification', 30],
    ['credential', 400],
  ]);
  assert.deepEqual(config({ EVENT_DAYS: 'none' }).retention.eventDays, []);
});

for (const [name, value] of [
  ['VERIFICATION_DAYS', '1'],
  ['PRESENTATION_HOURS', '23'],
  ['PRESENTATION_HOURS', '721'],
  ['EVENT_DAYS', 'verification'],
  ['EVENT_DAYS', 'verification:0'],
  ['EVENT_DAYS', 'weather:90'],
  ['COUNT_DAYS', '30'],
  ['OFFER_DAYS', '0'],
  ['STATUS_DAYS', '0'],
  ['TERMINAL_KEY_DAYS', 'long'],
  ['REPORT_DAYS', '0'],
  ['HOLDER_SESSION_HOURS', '721'],
  ['OFFICER_SESSION_HOURS', '25'],
  ['TERMINAL_SESSION_DAYS', '366'],
  ['STATISTICS_MINIMUM', '0'],
  ['POLICY_PACK', 'Germany'],
] as const) {
  test(`${name}=${value} is refused by its name`, () => {
    assert.throws(
      () => config({ [name]: value }),
      (thrown) => {
        assert.ok(thrown instanceof ConfigError);
        assert.deepEqual([...new Set(thrown.problems.map((line) => line.split(' ')[0]))], [name]);
        return true;
      },
    );
  });
}

test('the documentation of operating names every setting of retention', () => {
  const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
  for (const name of ['VERIFICATION', 'EVENT', 'COUNT', 'OFFER', 'STATUS', 'TERMINAL_KEY', 'REPORT'])
    assert.ok(page.includes(`${name}_DAYS`), name);
  assert.ok(page.includes('PRESENTATION_HOURS'));
});
