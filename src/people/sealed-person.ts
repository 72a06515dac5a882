import { textOf, utf8 } from '../kernel/bytes.ts';
import type { Id } from '../kernel/ids.ts';
import type { Random } from '../kernel/world.ts';
import { open, seal } from '../keys/sealed.ts';
import { KEY_LENGTH, type Vault } from '../keys/vault.ts';
import type { Facts, Person, PersonState } from './person.ts';

/** A person as the table has them: nothing personal is readable. */
export interface SealedPerson {
  readonly id: Id<'person'>;
  readonly state: PersonState;
  /** The person's own key, wrapped by the master key. Whoever destroys it has erased the rest. */
  readonly wrappedKey: Uint8Array;
  readonly sealedRecord: Uint8Array;
  readonly sealedPortrait: Uint8Array | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A fresh key for a person, wrapped. */
export function newPersonKey(vault: Vault, id: Id<'person'>, random: Random): Uint8Array {
  return vault.seal(random(KEY_LENGTH), `person ${id}`);
}

/** The person's own key. */
export function personKey(
  vault: Vault,
  { id, wrappedKey }: Pick<SealedPerson, 'id' | 'wrappedKey'>,
): Uint8Array {
  return vault.open(wrappedKey, `person ${id}`);
}

/** Seals facts and portrait under the person's own key. */
export function sealPerson(
  vault: Vault,
  person: Person,
  wrappedKey: Uint8Array,
  random: Random,
): SealedPerson {
  const { id, state, facts, portrait, createdAt, updatedAt } = person;
  const key = personKey(vault, { id, wrappedKey });
  return {
    id,
    state,
    wrappedKey,
    sealedRecord: seal(key, utf8(JSON.stringify(facts)), `record ${id}`, random),
    sealedPortrait: portrait && seal(key, portrait, `portrait ${id}`, random),
    createdAt,
    updatedAt,
  };
}

/** Opens what was sealed here; throws on damage or under another master key. */
export function openPerson(vault: Vault, sealed: SealedPerson): Person {
  const { id, state, createdAt, updatedAt } = sealed;
  const key = personKey(vault, sealed);
  const record = open(key, sealed.sealedRecord, `record ${id}`);
  const portrait = sealed.sealedPortrait && open(key, sealed.sealedPortrait, `portrait ${id}`);
  if (record === null || (sealed.sealedPortrait !== null && portrait === null)) {
    throw new Error(`the record of ${id} is damaged`);
  }
  return { id, state, facts: JSON.parse(textOf(record) ?? '') as Facts, portrait, createdAt, updatedAt };
}
