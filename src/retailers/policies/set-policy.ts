import type { Actor } from '../../audit/event.ts';
import type { AuditStore } from '../../audit/store.ts';
import type { Policy } from '../../judgement/policy.ts';
import type { Vocabulary } from '../../kernel/claims.ts';
import { wrongField } from '../../kernel/fault.ts';
import type { Transact } from '../../kernel/transact.ts';
import { knownClaims } from '../known-claims.ts';
import type { PolicyStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ policies: PolicyStore; audit: AuditStore }>;
  readonly vocabulary: Vocabulary;
}

/** A policy as an officer writes it. */
export type PolicyAsked = Omit<Policy, 'claims'> & { readonly claims: readonly string[] };

/**
 * Writes a policy anew, or for the first time; it holds from the next question on. Refuses a policy without a claim,
 * a claim that the service does not attest, and `portrait` as a claim: whether it is compared is the presenter rule.
 */
export async function setPolicy(needs: Needs, asked: PolicyAsked, actor: Actor): Promise<Policy> {
  if (asked.claims.length === 0) {
    throw wrongField('/claims', 'too_small', 'A policy asks for at least one claim.');
  }
  const portrait = asked.claims.indexOf('portrait');
  if (portrait !== -1) {
    throw wrongField(
      `/claims/${portrait}`,
      'not_a_policy_claim',
      'A portrait is asked for with `presenter`, not as a claim.',
    );
  }
  const policy: Policy = { ...asked, claims: knownClaims(asked.claims, '/claims', needs.vocabulary) };

  await needs.transact(async ({ policies, audit }) => {
    await policies.put(policy);
    await audit.record({ action: 'policy.changed', actor, subject: `policy:${policy.id}` });
  });
  return policy;
}
