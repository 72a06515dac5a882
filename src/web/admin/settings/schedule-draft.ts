/** When keys rotate by themselves, as it is told and as it is typed. Pure. */

import type { getKeySchedule, setKeySchedule } from '../../../keys/endpoints.ts';
import type { Answered, Sent } from '../../api/contract-types.ts';
import type { Said } from '../../language/words.ts';
import { said } from '../said.ts';
import { momentText } from '../times.ts';
import type { Unanswered } from '../trouble.ts';

export type Schedule = Answered<typeof getKeySchedule>['body'];
export type ScheduleBody = Sent<typeof setKeySchedule>['body'];

/** What is wrong with which of the two fields. */
export interface WrongSchedule {
  readonly days: Said | null;
  readonly first: Said | null;
}

export const NOTHING_WRONG: WrongSchedule = { days: null, first: null };

const MOST_DAYS = 365;

/** What the two fields ask for, the first rotation as this browser's clock has it; null where the days are no number of them. */
export function scheduleIn(days: string, first: string): ScheduleBody | null {
  const every_days = /^\d{1,3}$/.test(days.trim()) ? Number(days) : 0;
  if (every_days < 1 || every_days > MOST_DAYS) return null;
  return first === '' ? { every_days } : { every_days, next_at: new Date(first).toISOString() };
}

/** What the service found wrong with the first rotation; null where it was something else. */
export function wrongFirst(ended: Unanswered, earliest: string): Said | null {
  if (ended.kind !== 'refused') return null;
  const error = ended.problem.errors.find(({ pointer }) => pointer === '/next_at');
  if (error === undefined) return null;
  return error.code === 'too_late'
    ? said('admin.schedule.too_late')
    : said('admin.schedule.too_early', { date: momentText(earliest) });
}
