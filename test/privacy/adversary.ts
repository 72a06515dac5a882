/**
 * The ways in which somebody who holds everything could tell whose a pass was. Each looks at one thing and says, for a
 * sighting and a person, how much speaks for that person: 0 for nothing, whatever its scale.
 */

import { readPass } from '../../src/formats/pass.ts';
import { sha256 } from '../../src/formats/sha.ts';
import { base64url, hex } from '../../src/kernel/bytes.ts';
import type { Arrival, Evidence, Sighting } from './evidence.ts';

export type Suspicion = (sighting: Sighting, person: string) => number;
export type Way = (evidence: Evidence) => Suspicion;

const MINUTE = 60_000;
/** What somebody does near the time of a sighting speaks for them, the nearer the more. */
const NEAR = 5 * MINUTE;

/** The same bytes in what a person sent or was sent as in what was shown. */
const sameBytes: Way = ({ arrivals }) => {
  const texts = textsByPerson(arrivals);
  return (sighting, person) => {
    const text = texts.get(person) ?? '';
    return spellingsOf(sighting).filter((part) => text.includes(part)).length;
  };
};

/** Few people asked for passes under the key that was shown. */
const fewUnderTheKey: Way = ({ arrivals }) => {
  const askers = new Map<string, Set<string>>();
  for (const { route, body, person } of arrivals) {
    const keyId = route === 'POST /v1/passes' ? /"key_id":"([0-9a-f]{8})"/.exec(body)?.[1] : undefined;
    if (keyId === undefined || person === null) continue;
    askers.set(keyId, (askers.get(keyId) ?? new Set()).add(person));
  }
  return ({ digits }, person) => {
    const those = askers.get(readPass(digits)?.keyId ?? '');
    return those?.has(person) ? 1 / those.size : 0;
  };
};

/** Somebody's own request came at about the time of the sighting. */
const askedNearby: Way = ({ arrivals }) => {
  const own = byPerson(arrivals);
  return ({ at }, person) => closeness((own.get(person) ?? []).map((arrival) => Math.abs(arrival.at - at)));
};

/**
 * A request that names nobody came from the shop's address at about that time, and holds something that somebody's own
 * requests hold and nobody else's: a cookie, a tag, a peculiar header.
 */
const markedNearby: Way = ({ arrivals }) => {
  const owners = new Map<string, Set<string>>();
  for (const { person, headers } of arrivals)
    if (person !== null)
      for (const mark of marksOf(headers)) owners.set(mark, (owners.get(mark) ?? new Set()).add(person));
  const nameless = arrivals.filter(({ person }) => person === null);
  return ({ at, address }, person) => {
    const there = nameless.filter((one) => one.address === address && Math.abs(one.at - at) < NEAR);
    const marks = new Set(there.flatMap(({ headers }) => marksOf(headers)));
    const own = [...marks].map((mark) => owners.get(mark)).filter((those) => those?.has(person));
    return Math.max(0, ...own.map((those) => 1 / (those?.size ?? 1)));
  };
};

/** The phone's clock is as far off in the pass as in what the person sends. */
const sameClock: Way = ({ arrivals }) => {
  const offsets = new Map<string, number>();
  for (const [person, own] of byPerson(arrivals)) {
    const seen = own.flatMap(({ body, at }) => timesIn(body).map((time) => time * 1_000 - at));
    if (seen.length > 0) offsets.set(person, median(seen));
  }
  return ({ at, digits }, person) => {
    const offset = offsets.get(person);
    const shown = readPass(digits)?.shownAt;
    if (offset === undefined || shown === undefined) return 0;
    return 1 / (1 + Math.abs(shown * 1_000 - at - offset) / 1_000);
  };
};

/** The sizes of what a person fetched follow how much of it was shown the day before. */
const unevenAmounts: Way = ({ arrivals, people }) => {
  const amounts = new Map(people.map((person) => [person, [] as number[]]));
  for (const { route, body, person } of arrivals)
    if (person !== null && route === 'POST /v1/passes') amounts.get(person)?.push(body.length);
  const usual = median([...amounts.values()].flat());
  return (_, person) =>
    (amounts.get(person) ?? []).filter((size) => Math.abs(size - usual) > usual / 20).length;
};

export const WAYS: Readonly<Record<string, Way>> = {
  sameBytes,
  fewUnderTheKey,
  askedNearby,
  markedNearby,
  sameClock,
  unevenAmounts,
};

function byPerson(arrivals: readonly Arrival[]): ReadonlyMap<string, readonly Arrival[]> {
  const found = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    if (arrival.person === null) continue;
    const own = found.get(arrival.person) ?? [];
    own.push(arrival);
    found.set(arrival.person, own);
  }
  return found;
}

function textsByPerson(arrivals: readonly Arrival[]): ReadonlyMap<string, string> {
  const texts = [...byPerson(arrivals)].map(
    ([person, own]) => [person, own.map(({ body, answer }) => body + answer).join('\n')] as const,
  );
  return new Map(texts);
}

/** The parts of a pass that are its own, in the ways in which they could be written. */
export function spellingsOf({ digits }: Sighting): readonly string[] {
  const pass = readPass(digits);
  if (pass === null) return [digits];
  const parts = [pass.deviceKey, pass.deviceKey.subarray(1), pass.signature, sha256(pass.deviceKey)];
  return [digits, ...parts.flatMap((part) => [hex(part), base64url(part)])];
}

/** What in a header could be a mark of one phone: not what every browser sends alike. */
function marksOf(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
}

/** Unix seconds that stand in JSON, or in a JWT within it. */
function timesIn(body: string): readonly number[] {
  const payloads = [...body.matchAll(/eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g)].map(([, payload = '']) =>
    Buffer.from(payload, 'base64url').toString(),
  );
  return [body, ...payloads].flatMap((text) =>
    [...text.matchAll(/"iat":(\d{10})\b/g)].map(([, seconds]) => Number(seconds)),
  );
}

function closeness(distances: readonly number[]): number {
  const nearest = Math.min(Number.POSITIVE_INFINITY, ...distances);
  return nearest > NEAR ? 0 : 1 - nearest / NEAR;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
