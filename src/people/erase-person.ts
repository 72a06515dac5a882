import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import { noSuchPerson } from './mend-person.ts';
import type { PeopleStore } from './store.ts';

/** Where credentials lose every tie to a person. */
export interface ErasableCopies {
  /** Makes the person's credentials invalid and forgets whose they were. */
  forget(person: Id<'person'>): Promise<void>;
}

/**
 * Erases a person: the key is destroyed, and with it everything under it; credentials become invalid, and search
 * hashes, wallets, offers, tokens and status mappings go. The audit log keeps the id and nothing else.
 */
export async function erasePerson(
  transact: Transact<{ people: PeopleStore; copies: ErasableCopies; audit: AuditStore }>,
  id: Id<'person'>,
  actor: Actor,
): Promise<void> {
  await transact(async ({ people, copies, audit }) => {
    if ((await people.hold(id)) === null) throw noSuchPerson();

    await copies.forget(id);
    await people.erase(id);
    await audit.record({ action: 'person.erased', actor, subject: id });
  });
}
