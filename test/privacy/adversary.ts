/**
 * The ways in which somebody who holds everything could tell whose a pass was. Each looks at one thing and says, for a
 * sighting and a person, how much speaks for that person: 0 for nothing, whatever its scale.
 */

import { readJws } from '../../src/formats/jws.ts';
import { readPass } from '../../src/formats/pass.ts';
import { readListedKeys } from '../../src/formats/pass-directory.ts';
import { sha256 } from '../../src/formats/sha.ts';
import { base64url, hex } from '../../src/kernel/bytes.ts';
import type { Arrival, Evidence, Sighting } from './evidence.ts';

export type Suspicion = (sighting: Sighting, person: string) => number;
export type Way = (evidence: Evidence) => Suspicion;

const MINUTE = 60_000;
/** Requests so near to a sighting may have come of the same visit. */
const NEAR = 5 * MINUTE;

/** The same bytes in what a person sent or was sent as in what was shown. */
const sameBytes: Way = ({ arrivals }) => {
  const texts = textsByPerson(arrivals);
  return (sighting, person) => {
    const text = texts.get(person) ?? '';
    return spellingsOf(sighting).filter((part) => text.includes(part)).length;
  };
};

/**
 * Few people could have shown a pass of this key: those who had asked for it by then and, where it is of a window that
 * is over, had not asked for one of the present window, which a wallet would show first.
 */
const fewUnderTheKey: Way = ({ arrivals, people }) => {
  const windows = windowsOfKeys(arrivals);
  const asked = arrivals.flatMap(({ route, body, person, at }) => {
    const keyId = route === 'POST /v1/passes' ? /"key_id":"([0-9a-f]{8})"/.exec(body)?.[1] : undefined;
    return keyId === undefined || person === null ? [] : [{ at, person, keyId, window: windows.get(keyId) }];
  });
  return ({ at, digits }, person) => {
    const keyId = readPass(digits)?.keyId ?? '';
    const window = windows.get(keyId);
    const before = asked.filter((one) => one.at < at && one.window?.claim === window?.claim);
    const holders = (holds: (one: (typeof asked)[number]) => boolean) =>
      new Set(before.filter(holds).map((one) => one.person));
    const had = holders((one) => one.keyId === keyId);
    const newer = holders(
      (one) => (one.window?.notBefore ?? 0) > (window?.notBefore ?? 0) && (one.window?.notBefore ?? 0) <= at,
    );
    const those = people.filter(({ name }) => had.has(name) && !newer.has(name));
    return those.some(({ name }) => name === person) ? 1 / those.length : 0;
  };
};

/** Somebody's own request came at about the time of the sighting. */
const askedNearby: Way = ({ arrivals }) => {
  const own = byPerson(arrivals);
  return ({ at }, person) => {
    const nearest = Math.min(...(own.get(person) ?? []).map((arrival) => Math.abs(arrival.at - at)));
    return 1 / (1 + nearest / MINUTE);
  };
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
    const last = own.findLast(({ body }) => timesIn(body).length > 0);
    const seen = last === undefined ? [] : timesIn(last.body).map((time) => time * 1_000 - last.at);
    if (seen.length > 0) offsets.set(person, median(seen));
  }
  return ({ at, digits }, person) => {
    const offset = offsets.get(person);
    const shown = readPass(digits)?.shownAt;
    if (offset === undefined || shown === undefined) return 0;
    // The time in a pass is floored to ten seconds: five earlier, on the whole.
    return 1 / (1 + (Math.abs(shown * 1_000 + 5_000 - at - offset) / 1_000) ** 2);
  };
};

/** The sizes of what a person fetched follow how much of it was shown the day before. */
const unevenAmounts: Way = ({ arrivals, people }) => {
  const amounts = new Map(people.map(({ name }) => [name, [] as number[]]));
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

/** What the directories that were fetched say of the keys, those that were shown to one person only as well. */
function windowsOfKeys(arrivals: readonly Arrival[]) {
  const windows = new Map<string, { readonly claim: string; readonly notBefore: number }>();
  for (const { route, answer } of arrivals) {
    if (route !== 'GET /v1/pass-directory') continue;
    const keys = readListedKeys(readJws(answer)?.payload.keys) ?? [];
    for (const { keyId, claim, notBefore } of keys)
      windows.set(keyId, { claim, notBefore: notBefore.getTime() });
  }
  return windows;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
