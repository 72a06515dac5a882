import type { Vault } from '../keys/vault.ts';
import type { Facts } from './person.ts';

/** Accents of Latin, Greek and Cyrillic. Marks of other scripts are vowels, which make another name. */
const ACCENTS = /[\u0300-\u036f]+/g;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/u;

/**
 * A whole name as it is compared: without accents and case, its words in one order, so that "Ada Lovelace" finds
 * "LOVELACE, Ada". Words of any script stay.
 */
export function normalisedName(name: string): string {
  const plain = name.normalize('NFKD').replace(ACCENTS, '').toUpperCase().toLowerCase();
  return plain.split(BETWEEN_WORDS).filter(Boolean).sort().join(' ');
}

/**
 * The keyed hashes by which a person is found: of the whole name and of the external id. Parts of names are left
 * out on purpose: how often each part occurs would tell which is which.
 */
export function searchHashes(vault: Vault, facts: Facts): readonly string[] {
  const hashes = [nameHash(vault, `${facts.givenName} ${facts.familyName}`)];
  return facts.externalId === null ? hashes : [...hashes, externalIdHash(vault, facts.externalId)];
}

/** The keyed hashes of whatever an officer typed: a whole name, or an external id. */
export function queryHashes(vault: Vault, query: string): readonly string[] {
  return [nameHash(vault, query), externalIdHash(vault, query)];
}

function nameHash(vault: Vault, name: string): string {
  return vault.mac('people search', 'name', normalisedName(name));
}

function externalIdHash(vault: Vault, externalId: string): string {
  return vault.mac('people search', 'external id', externalId.trim());
}
