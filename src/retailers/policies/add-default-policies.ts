import type { AuditStore } from '../../audit/store.ts';
import type { Transact } from '../../kernel/transact.ts';
import { DEFAULT_POLICIES } from './default-policies.ts';
import type { PolicyStore } from './store.ts';

/** Adds the default policies that are missing. What an officer has set stays, and nothing is recorded of it. */
export async function addDefaultPolicies(
  transact: Transact<{ policies: PolicyStore; audit: AuditStore }>,
): Promise<void> {
  await transact(async ({ policies, audit }) => {
    const added = await policies.addMissing(DEFAULT_POLICIES);
    await audit.record(
      ...added.map((id) => ({ action: 'policy.changed', actor: 'system', subject: `policy:${id}` }) as const),
    );
  });
}
