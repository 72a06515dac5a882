import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { findRetailer } from './find-retailers.ts';
import type { Store } from './retailer.ts';
import type { RetailerStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ retailers: RetailerStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
}

/** Adds a store to a retailer; `not_found` if the retailer's id is nobody's. */
export async function addStore(
  needs: Needs,
  retailer: Id<'retailer'>,
  name: string,
  actor: Actor,
): Promise<Store> {
  return needs.transact(async ({ retailers, audit }) => {
    await findRetailer({ retailers }, retailer);

    const store: Store = { id: needs.mint('store'), retailer, name, createdAt: needs.world.now() };

    await retailers.addStore(store);
    await audit.record({ action: 'store.added', actor, subject: store.id });
    return store;
  });
}
