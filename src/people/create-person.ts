import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { checkFacts, type FactsRule } from './facts-rule.ts';
import type { Facts, Person } from './person.ts';
import { newPersonKey, sealPerson } from './sealed-person.ts';
import { searchHashes } from './search-terms.ts';
import type { PeopleStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ people: PeopleStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  readonly rule: FactsRule;
}

/** Enters a person. Refuses facts that cannot be: a birth in the future, a status that nobody defined. */
export async function createPerson(
  needs: Needs,
  facts: Facts,
  portrait: Uint8Array | null,
  actor: Actor,
): Promise<Person> {
  const now = needs.world.now();
  const { vault } = needs;

  checkFacts(facts, now, needs.rule);
  const id = needs.mint('person');
  const person: Person = { id, state: 'active', facts, portrait, createdAt: now, updatedAt: now };
  const sealed = sealPerson(vault, person, newPersonKey(vault, id, needs.world.random), needs.world.random);

  await needs.transact(async ({ people, audit }) => {
    await people.add(sealed, searchHashes(vault, facts));
    await audit.record({ action: 'person.created', actor, subject: id });
  });
  return person;
}
