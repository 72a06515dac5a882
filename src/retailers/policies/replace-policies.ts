import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../audit/event.ts';
import type { AuditStore } from '../../audit/store.ts';
import type { Vocabulary } from '../../kernel/claims.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Transact } from '../../kernel/transact.ts';
import { type Pack, policiesOf } from './pack.ts';
import { packErrors } from './pack-rules.ts';
import type { PolicyStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ policies: PolicyStore; audit: AuditStore }>;
  readonly vocabulary: Vocabulary;
}

/** What became of a pack: all its policies, and those that are new or differ from before. */
export interface Replaced {
  readonly policies: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Writes the policies of a pack over those with the same ids, all or none; the next question goes by them. Policies
 * that the pack does not have stay. Refuses a pack that breaks a rule, with every problem.
 */
export async function replacePolicies(
  { transact, vocabulary }: Needs,
  { pack, base }: { readonly pack: Pack; readonly base: Pack | null },
  actor: Actor,
): Promise<Replaced> {
  const errors = packErrors(pack, base, vocabulary);
  if (errors.length > 0) throw new Fault('invalid_request', 'The pack breaks its own rules.', { errors });
  const wanted = policiesOf(pack, base);
  const ids = wanted.map(({ id }) => id);

  return transact(async ({ policies, audit }) => {
    const before = new Map((await policies.byIds(ids)).map((policy) => [policy.id, policy]));

    const changed = wanted.filter((policy) => !isDeepStrictEqual(policy, before.get(policy.id)));

    for (const policy of changed) {
      await policies.put(policy);
      await audit.record({ action: 'policy.changed', actor, subject: `policy:${policy.id}` });
    }
    return { policies: ids, changed: changed.map(({ id }) => id) };
  });
}
