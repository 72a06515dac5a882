import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { NewEvent } from '../../src/audit/event.ts';
import { auditStore } from '../../src/audit/store.ts';
import { type Id, minter } from '../../src/kernel/ids.ts';
import { freshDatabase } from '../support/database.ts';
import { seeded } from '../support/random.ts';

const NOW = new Date('2026-11-22T10:00:00Z');

function eventOn(subject: string): NewEvent {
  return { action: 'person.created', actor: 'system', subject: subject as Id<'person'> };
}

async function logWorld(t: TestContext) {
  const now = () => NOW;
  return auditStore(await freshDatabase(t), { now, mint: minter({ now, random: seeded(1) }) });
}

test('an event is kept with its instant, and with its code or none', async (t) => {
  const log = await logWorld(t);
  const subject = 'ver_1' as Id<'verification'>;
  const actor = 'ter_1' as Id<'terminal'>;
  await log.record({ action: 'verification.approved', actor, subject });
  await log.record({ action: 'verification.refused', actor, subject, code: 'expired' });
  const { rows } = await log.page({ limit: 10, after: null });
  assert.deepEqual(
    rows.map(({ id: _, ...event }) => event),
    [
      { at: NOW, actor, action: 'verification.refused', subject, code: 'expired' },
      { at: NOW, actor, action: 'verification.approved', subject, code: null },
    ],
  );
});

test('events page back in the order in which they were recorded, within a millisecond too', async (t) => {
  const log = await logWorld(t);
  const subjects = Array.from({ length: 40 }, (_, i) => `per_${i}`);
  for (let i = 0; i < 20; i++) await log.record(eventOn(subjects[i]!));
  await log.record(...subjects.slice(20).map(eventOn));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (limit) => {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const page = await log.page({ limit, after });
        seen.push(...page.rows.map(({ subject }) => subject));
        after = page.rows.at(-1)?.id ?? null;
        more = page.hasMore;
      }
      assert.deepEqual(seen, [...subjects].reverse());
    }),
    { numRuns: 20 },
  );
});

test('to record no events is to do nothing', async (t) => {
  const log = await logWorld(t);
  await log.record();
  assert.deepEqual(await log.page({ limit: 10, after: null }), { rows: [], hasMore: false, next: null });
});
