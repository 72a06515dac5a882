import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { CredentialType } from '../kernel/credential-type.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { checkFacts, type FactsRule } from './facts-rule.ts';
import { type Facts, outdated, type Person } from './person.ts';
import { openPerson, sealPerson } from './sealed-person.ts';
import { searchHashes } from './search-terms.ts';
import type { PeopleStore } from './store.ts';

/** Where a person's credentials are made invalid. */
export interface PersonCopies {
  invalidate(person: Id<'person'>, types: readonly CredentialType[]): Promise<void>;
}

interface Needs {
  readonly transact: Transact<{ people: PeopleStore; copies: PersonCopies; audit: AuditStore }>;
  readonly world: World;
  readonly vault: Vault;
  readonly rule: FactsRule;
}

/** The fields to change. What is left out stays; a portrait of null is taken away. */
export interface Mending {
  readonly facts: Partial<Facts>;
  readonly portrait?: Uint8Array | null;
}

/**
 * Changes what is known about a person. Credentials that the change makes untrue become invalid at once; wallets
 * fetch new ones. Refuses as `createPerson` does, and a revoked person as `conflict`.
 */
export async function mendPerson(
  needs: Needs,
  id: Id<'person'>,
  mending: Mending,
  actor: Actor,
): Promise<Person> {
  const now = needs.world.now();
  const { vault } = needs;
  return needs.transact(async ({ people, copies, audit }) => {
    const sealed = await people.hold(id);
    if (sealed === null) throw noSuchPerson();

    const before = openPerson(vault, sealed);
    if (before.state === 'revoked') throw new Fault('conflict', 'A revoked person is not changed any more.');
    const facts = { ...before.facts, ...mending.facts };
    checkFacts(facts, now, needs.rule);
    const portrait = mending.portrait === undefined ? before.portrait : mending.portrait;
    const after: Person = { ...before, facts, portrait, updatedAt: now };

    await people.replace(
      sealPerson(vault, after, sealed.wrappedKey, needs.world.random),
      searchHashes(vault, facts),
    );
    await copies.invalidate(id, outdated(before, after));
    await audit.record({ action: 'person.mended', actor, subject: id });
    return after;
  });
}

/** The refusal where an id is nobody's. */
export function noSuchPerson(): Fault {
  return new Fault('not_found', 'There is no such person.');
}
