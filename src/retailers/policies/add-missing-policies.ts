import type { AuditStore } from '../../audit/store.ts';
import type { Policy } from '../../judgement/policy.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { PolicyStore } from './store.ts';

/** Adds those of the policies that are missing, and answers their ids. What an officer has set stays. */
export async function addMissingPolicies(
  transact: Transact<{ policies: PolicyStore; audit: AuditStore }>,
  policies: readonly Policy[],
): Promise<readonly string[]> {
  if (policies.length === 0) return [];
  return transact(async (stores) => {
    const added = await stores.policies.addMissing(policies);
    await stores.audit.record(
      ...added.map((id) => ({ action: 'policy.changed', actor: 'system', subject: `policy:${id}` }) as const),
    );
    return added;
  });
}
