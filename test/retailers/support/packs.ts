/** Policy packs as tests read them, and what is told of those that are wrong. */

import assert from 'node:assert/strict';
import { DEFAULT_AGES, DEFAULT_STATUSES } from '../../../src/kernel/claims.ts';
import { type Pack, readPack } from '../../../src/retailers/policies/pack.ts';

export const VOCABULARY = { ages: DEFAULT_AGES, statuses: DEFAULT_STATUSES };

export function packOf(value: unknown): Pack {
  const read = readPack(value);
  assert.ok('pack' in read, JSON.stringify(read));
  return read.pack;
}

export const told = (errors: readonly { pointer: string; code: string }[]) =>
  errors.map(({ pointer, code }) => `${pointer} ${code}`);

export const rule = {
  id: 'alcohol',
  title: 'Alcohol',
  claims: ['age_over_18'],
  presenter: 'none',
  offline: 'allow',
  legal_basis: 'An act',
};
export const good = {
  id: 'gb',
  title: 'Great Britain',
  jurisdiction: 'GB',
  version: '2026-11-22',
  note: 'Not legal advice.',
  policies: [rule],
};

export const state = { ...good, id: 'us-ca', jurisdiction: 'US-CA', extends: 'us' };
export const rules = (...changes: readonly object[]) => ({
  ...good,
  policies: changes.map((change) => ({ ...rule, ...change })),
});
