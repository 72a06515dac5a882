import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Vocabulary } from '../kernel/claims.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { WebOrigin } from '../kernel/web-origin.ts';
import type { World } from '../kernel/world.ts';
import { knownClaims } from './known-claims.ts';
import type { Retailer } from './retailer.ts';
import type { RetailerStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ retailers: RetailerStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
  readonly vocabulary: Vocabulary;
}

/** A retailer as an officer enters it. */
export interface Registering {
  readonly name: string;
  readonly permitted: readonly string[];
  readonly origins?: readonly WebOrigin[];
}

/** Registers a retailer. Refuses a claim that the service does not attest. */
export async function registerRetailer(
  needs: Needs,
  { name, permitted, origins = [] }: Registering,
  actor: Actor,
): Promise<Retailer> {
  const retailer: Retailer = {
    id: needs.mint('retailer'),
    name,
    permitted: knownClaims(permitted, '/permitted_claims', needs.vocabulary),
    origins: [...new Set(origins)],
    createdAt: needs.world.now(),
  };

  await needs.transact(async ({ retailers, audit }) => {
    await retailers.add(retailer);
    await audit.record({ action: 'retailer.registered', actor, subject: retailer.id });
  });
  return retailer;
}
