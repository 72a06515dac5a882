import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Vocabulary } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import { findRetailer } from './find-retailers.ts';
import { knownClaims } from './known-claims.ts';
import type { Registering } from './register-retailer.ts';
import type { Retailer } from './retailer.ts';
import type { RetailerChange, RetailerStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ retailers: RetailerStore; audit: AuditStore }>;
  readonly vocabulary: Vocabulary;
}

/**
 * Changes a retailer's name, what it may ask for, or where its web tills are, from the next question or page on. What is left out stays. Refuses as
 * `registerRetailer` does.
 */
export async function changeRetailer(
  needs: Needs,
  id: Id<'retailer'>,
  { name, permitted, origins }: Partial<Registering>,
  actor: Actor,
): Promise<Retailer> {
  return needs.transact(async ({ retailers, audit }) => {
    const before = await findRetailer({ retailers }, id);

    const change: RetailerChange = {
      ...(name !== undefined && { name }),
      ...(permitted && { permitted: knownClaims(permitted, '/permitted_claims', needs.vocabulary) }),
      ...(origins && { origins: [...new Set(origins)] }),
    };

    await retailers.change(id, change);
    await audit.record({ action: 'retailer.changed', actor, subject: id });
    return { ...before, ...change };
  });
}
