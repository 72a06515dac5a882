import type { listPolicies, setPolicy } from '../../../retailers/policies/endpoints.ts';
import type { Answered, Sent } from '../../api/contract-types.ts';

/** A rule at the till, as the service answers it, and as it is written. */
export type Policy = Answered<typeof listPolicies>['body']['data'][number];
export type PolicyBody = Sent<typeof setPolicy>['body'];

/** What is sent to keep a policy as it is. */
export function bodyOf(policy: Policy): PolicyBody {
  const { title, claims, presenter, offline, other_proof, legal_basis, discount_code } = policy;
  const code = discount_code === undefined ? {} : { discount_code };
  return { title, claims, presenter, offline, other_proof, legal_basis, ...code };
}
