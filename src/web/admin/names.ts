/** What claims, statuses and policies are called. Pure. */

import { partsOf } from '../../kernel/claims.ts';
import { said as ofAll, type Said } from '../language/words.ts';
import { said } from './said.ts';

const STATUSES = {
  student: 'claim.student',
  pensioner: 'claim.pensioner',
  large_family: 'claim.large_family',
  disability: 'claim.disability',
  veteran: 'claim.veteran',
} as const;

/** A status by its type; one that this service has of its own is called by its name. */
export function statusName(type: string): Said {
  const key = Object.hasOwn(STATUSES, type) ? STATUSES[type as keyof typeof STATUSES] : null;
  return key === null ? ofAll('claim.other', { name: type.replaceAll('_', ' ') }) : ofAll(key);
}

/** What a shop asked for: a claim, or else the id of a policy as it is. */
export function askedName(asked: string): Said {
  const parts = partsOf(asked);
  if (parts?.kind === 'age') return ofAll('claim.age', { years: parts.years });
  if (parts?.kind === 'status') return statusName(parts.type);
  if (parts?.kind === 'identity') {
    return parts.name === 'portrait' ? said('admin.person.portrait') : ofAll(`person.${parts.name}`);
  }
  return ofAll('claim.other', { name: asked });
}
