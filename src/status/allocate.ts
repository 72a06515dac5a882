import type { Mint } from '../kernel/ids.ts';
import type { Random } from '../kernel/world.ts';
import { LIST_SIZE, type StatusPlace } from './status-list.ts';
import type { EntryContent, StatusStore } from './store.ts';

interface Needs {
  readonly statuses: StatusStore;
  readonly random: Random;
  readonly mint: Mint;
}

/**
 * Gives away so many places in the lists of an issuer key: random, and none of them ever given before, so that a
 * place tells nothing about its neighbours. Call it in the transaction in which the copies are granted.
 */
export async function allocate(
  { statuses, random, mint }: Needs,
  issuerKey: string,
  count: number,
  content: EntryContent,
): Promise<readonly StatusPlace[]> {
  const places: StatusPlace[] = [];
  while (places.length < count) {
    const list = (await statuses.openList(issuerKey)) ?? mint('status_list');
    if ((await statuses.list(list)) === null) await statuses.addList(list, issuerKey);
    const wanted = randomIndexes(count - places.length, random);
    const taken = await statuses.take(list, wanted, content);
    places.push(...taken.map((index) => ({ list, index })));
  }
  return places;
}

/** Different random places. The size of a list is a power of two, so that 32 random bits fall on all evenly. */
function randomIndexes(count: number, random: Random): readonly number[] {
  const indexes = new Set<number>();
  while (indexes.size < count) {
    const bytes = random(4);
    indexes.add(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) % LIST_SIZE);
  }
  return [...indexes];
}
