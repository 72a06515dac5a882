import type { getOfficerSession } from '../../passkeys/officers/endpoints.ts';
import type { Answered } from '../api/contract-types.ts';

/** Who signed in, and what their role may do. */
export type Officer = Answered<typeof getOfficerSession>['body']['officer'];

/** The scopes that decide what the console shows. */
export type Scope =
  | 'people:read'
  | 'people:write'
  | 'retailers:read'
  | 'retailers:write'
  | 'policies:read'
  | 'policies:write'
  | 'keys:read'
  | 'keys:write'
  | 'audit:read'
  | 'statistics:read'
  | 'reports:read'
  | 'staff:read'
  | 'staff:write'
  | 'settings:read';

/** Whether an officer sees what needs a scope. The service asks again at each call: this only tidies the page. */
export function may({ scopes }: Pick<Officer, 'scopes'>, scope: Scope): boolean {
  return scopes.includes(scope);
}
