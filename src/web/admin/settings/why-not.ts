import type { Said } from '../../language/words.ts';
import { said } from '../said.ts';
import type { Unanswered } from '../trouble.ts';

/** What a state of the staff does not allow is always the same: that the last owner goes. Null for all else. */
export function whyNot(ended: Unanswered): Said | null {
  const last = ended.kind === 'refused' && ended.problem.code === 'conflict';
  return last ? said('admin.staff.last_owner') : null;
}
