import { constants, deflateSync } from 'node:zlib';
import { type Signer, signJws } from '../formats/jws.ts';
import { packStatuses, STATUS_LIST_TYP, statusListClaims } from '../formats/status-list.ts';
import { dateIn } from '../kernel/calendar-date.ts';
import { Fault } from '../kernel/fault.ts';
import { type Id, readId } from '../kernel/ids.ts';
import type { Clock } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import { LIST_LIFETIME, LIST_SIZE, LIST_TTL, listUri } from './status-list.ts';
import type { StatusStore } from './store.ts';

const BITS = 2;
/** How many signed lists are kept in memory. */
const MOST_KEPT = 64;

interface Needs {
  readonly statuses: Pick<StatusStore, 'list' | 'notValid'>;
  /** What signs with an issuer key; null once that was destroyed. */
  readonly signerOf: (key: Id<'issuer_key'>) => Signer | null;
  readonly now: Clock;
  readonly issuerUrl: string;
  readonly timeZone: string;
}

export interface PublishedList {
  readonly token: string;
  readonly etag: string;
}

interface Kept extends PublishedList {
  readonly version: number;
  readonly signedAt: number;
}

/**
 * Publishes status lists. A list is signed anew when a status in it changed, and otherwise once in its `ttl`: the
 * days on which statuses end come by themselves. `not_found` for a list that there is not.
 */
export function listPublisher(needs: Needs): (id: string) => Promise<PublishedList> {
  const kept = new Map<string, Kept>();
  const signing = new Map<string, Promise<Kept>>();

  return async (id) => {
    const list = readId('status_list', id);
    const found = list === null ? null : await needs.statuses.list(list);
    const signer = found && needs.signerOf(found.issuerKey);
    if (list === null || found === null || signer === null) throw noSuchList();

    const known = kept.get(list);
    const fresh = known !== undefined && needs.now().getTime() - known.signedAt < LIST_TTL * 1000;
    if (fresh && known.version === found.version) return known;

    const flight = `${list} ${found.version}`;
    const token = signing.get(flight) ?? signList(needs, list, { signer, version: found.version });
    signing.set(flight, token);
    try {
      const signed = await token;
      keep(kept, list, signed);
      return signed;
    } finally {
      signing.delete(flight);
    }
  };
}

async function signList(
  needs: Needs,
  list: Id<'status_list'>,
  { signer, version }: { signer: Signer; version: number },
): Promise<Kept> {
  const now = needs.now();
  const entries = await needs.statuses.notValid(list, dateIn(needs.timeZone, now));
  const content = {
    uri: listUri(needs.issuerUrl, list),
    bits: BITS,
    bytes: packStatuses(LIST_SIZE, BITS, entries),
    issuedAt: now,
    expiresAt: new Date(now.getTime() + LIST_LIFETIME * 1000),
    ttl: LIST_TTL,
  } as const;
  const payload = { iss: needs.issuerUrl, ...statusListClaims(content, deflateBest) };
  const token = await signJws(signer, { typ: STATUS_LIST_TYP }, payload);
  return { token, etag: `"${hash(token)}"`, version, signedAt: now.getTime() };
}

/** No list has this address; or its key was destroyed, since everything that points to it has expired. */
function noSuchList(): Fault {
  return new Fault('not_found', 'There is no such status list.');
}

function deflateBest(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: constants.Z_BEST_COMPRESSION });
}

function keep(kept: Map<string, Kept>, list: string, signed: Kept): void {
  kept.delete(list);
  kept.set(list, signed);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
