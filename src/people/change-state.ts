import type { Actor, NewEvent } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { noSuchPerson } from './mend-person.ts';
import { type Person, type StateChange, stateAfter } from './person.ts';
import { openPerson, sealPerson } from './sealed-person.ts';
import { searchHashes } from './search-terms.ts';
import type { PeopleStore } from './store.ts';

/** Where a person's credentials follow the person's state. */
export interface StandingCopies {
  suspend(person: Id<'person'>): Promise<void>;
  reinstate(person: Id<'person'>): Promise<void>;
  revoke(person: Id<'person'>): Promise<void>;
}

interface Needs {
  readonly transact: Transact<{ people: PeopleStore; copies: StandingCopies; audit: AuditStore }>;
  readonly world: World;
  readonly vault: Vault;
}

const EVENT = {
  suspend: 'person.suspended',
  reinstate: 'person.reinstated',
  revoke: 'person.revoked',
} as const satisfies Record<StateChange, NewEvent['action']>;

/**
 * Suspends, reinstates or revokes a person and all credentials. It shows at once in verifications of tickets, and in
 * the next status lists. The reason in words stays with the sealed record. `conflict` where the state forbids it.
 */
export async function changeState(
  needs: Needs,
  id: Id<'person'>,
  { change, reason }: { change: StateChange; reason: string },
  actor: Actor,
): Promise<Person> {
  return needs.transact(async ({ people, copies, audit }) => {
    const sealed = await people.hold(id);
    if (sealed === null) throw noSuchPerson();

    const before = openPerson(needs.vault, sealed);
    const state = stateAfter(before.state, change);
    if (state === null)
      throw new Fault('conflict', `A person who is ${before.state} cannot be changed so: ${change}.`);
    const facts = { ...before.facts, stateReason: reason };
    const after: Person = { ...before, state, facts, updatedAt: needs.world.now() };

    const resealed = sealPerson(needs.vault, after, sealed.wrappedKey, needs.world.random);
    await people.replace(resealed, searchHashes(needs.vault, facts));
    await copies[change](id);
    await audit.record({ action: EVENT[change], actor, subject: id });
    return after;
  });
}
