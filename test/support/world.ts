/** A whole composed service on a database of its own: a clock that is moved by hand, and chance that repeats. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/db/database.ts';
import type { Callers } from '../../src/http/caller.ts';
import { identifyHolder } from '../../src/issuance/identify-holder.ts';
import { type CalendarDate, dateIn } from '../../src/kernel/calendar-date.ts';
import type { CredentialType } from '../../src/kernel/credential-type.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { Secret } from '../../src/kernel/secret.ts';
import type { Random } from '../../src/kernel/world.ts';
import type { Facts } from '../../src/people/person.ts';
import type { Ask, Question } from '../../src/verification/question.ts';
import { bytesOf, makeDatabase } from './database.ts';
import { bound, type Copy, deviceKeys, disclosing, keyProof } from './holder-keys.ts';

export const NOW = new Date('2026-11-22T10:00:00Z');
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const OFFICER = 'adk_0000000000000000000000000a' as Id<'admin_key'>;
export const MASTER_KEY = new Secret(new Uint8Array(32).fill(7));
export const URL_OF_SERVICE = 'https://id.example';

/** Somebody of 33 years who is a student. */
export const ADA: Facts = {
  familyName: 'Lovelace',
  givenName: 'Ada',
  birthDate: '1992-12-10' as CalendarDate,
  nationality: 'GB',
  documentNumber: 'DOC-77421',
  statuses: [{ type: 'student', until: '2027-07-31' as CalendarDate }],
  externalId: 'A-1001',
  stateReason: null,
};

export type ServiceWorld = Awaited<ReturnType<typeof serviceWorld>>;
export type Till = Callers['terminal'];
export type Holder = Callers['holder'];

interface Differences {
  readonly environment?: Record<string, string>;
  readonly seed?: number;
}

/** A service with nobody in it. The environment may differ from the usual one; another seed has other keys. */
export async function serviceWorld(t: TestContext, { environment = {}, seed = 1 }: Differences = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const database = await makeDatabase(JSON.stringify([environment, seed]), (url) =>
    setUpTheDayBefore(configIn(folder, { ...environment, DATABASE_URL: url }), seed),
  );
  const config = configIn(folder, { ...environment, DATABASE_URL: database.url });
  let at = NOW;
  const world = { now: () => at, random: repeatable(seed) };
  const service = await compose(config, world, MASTER_KEY);
  const db = openDatabase(config.databaseUrl);
  t.after(async () => {
    await Promise.all([db.destroy(), service.close()]);
    await database.remove();
    rmSync(folder, { recursive: true });
  });
  return {
    service,
    config,
    world,
    /** A connection of the test's own, to look at the tables. */
    db,
    pass(milliseconds: number): void {
      at = new Date(at.getTime() + milliseconds);
    },
    goTo(instant: string): void {
      at = new Date(instant);
    },
    /** Every byte that the database keeps. */
    bytes: () => bytesOf(database),
    /** What the audit log says, the oldest first: `action subject code`. */
    async events(): Promise<readonly string[]> {
      const rows = await db('audit_events').orderBy('id');
      return rows.map(({ action, subject, code }) => [action, subject, code].filter(Boolean).join(' '));
    },
  };
}

function configIn(folder: string, environment: Record<string, string>) {
  return readConfig({ PUBLIC_URL: URL_OF_SERVICE, COPY_RATE: '1000', ...environment }, true, {
    fileUrl: (path) => pathToFileURL(join(folder, path)).href,
    path: (path) => join(folder, path),
    read: (path) => readFileSync(path, 'utf8'),
  });
}

/** What a service makes of an empty database when it starts. */
async function setUpTheDayBefore(config: ReturnType<typeof configIn>, seed: number): Promise<void> {
  const yesterday = new Date(NOW.getTime() - DAY);
  const service = await compose(config, { now: () => yesterday, random: repeatable(-seed) }, MASTER_KEY);
  await service.close();
}

/** Enters a person who differs from Ada by the change. */
export async function person(
  w: ServiceWorld,
  change: Partial<Facts> = {},
  portrait: Uint8Array | null = null,
) {
  return w.service.people.create({ ...ADA, ...change }, portrait, OFFICER);
}

/** An offer with the code that its link leads to. */
export async function offer(w: ServiceWorld, id: Id<'person'>, wanted: CredentialType[] | null = null) {
  const made = await w.service.issuance.makeOffer(id, wanted, OFFICER);
  const link = decodeURIComponent(made.offerUri.split('credential_offer_uri=')[1] ?? '');
  const reference = link.slice(link.lastIndexOf('/') + 1);
  const read = (await w.service.issuance.readOffer(reference)) as {
    grants: Record<string, { 'pre-authorized_code': string }>;
  };
  const [grant] = Object.values(read.grants);
  return { ...made, reference, code: grant?.['pre-authorized_code'] ?? '' };
}

/** Redeems a new offer of the person: a wallet, as it calls with its access token. */
export async function enrol(w: ServiceWorld, id: Id<'person'>): Promise<Holder> {
  const { code, txCode } = await offer(w, id);
  const token = await w.service.issuance.redeem(code, txCode);
  const holder = await identifyHolder(w.service.stores.tokens, w.world.now(), token);
  if (holder === null) throw new Error('the access token is nobody');
  return holder;
}

/** What a proof or a key binding is made for here and now, with a fresh nonce. */
export function here(w: ServiceWorld) {
  return { audience: URL_OF_SERVICE, nonce: w.service.issuance.nonce(), now: w.world.now() };
}

export async function copies(w: ServiceWorld, holder: Holder, type: CredentialType, count = 1) {
  const keys = await deviceKeys(count);
  const purpose = here(w);
  const proofs = await Promise.all(keys.map((key) => keyProof(key, purpose)));
  const { credentials, notificationId } = await w.service.issuance.issue(holder, request(type, proofs));
  return {
    notificationId,
    copies: credentials.map((sdJwt, index): Copy => ({ sdJwt, key: keys[index]! })),
  };
}

export function request(configuration: string, proofs: readonly string[]) {
  return { configuration, identifier: undefined, proofs, encryption: undefined };
}

/** One copy of a new wallet of a new person. */
export async function oneCopy(w: ServiceWorld, type: CredentialType = 'age', change: Partial<Facts> = {}) {
  const somebody = await person(w, change, type === 'identity' ? PORTRAIT : null);
  const holder = await enrol(w, somebody.id);
  const [copy] = (await copies(w, holder, type)).copies;
  return { person: somebody, holder, copy: copy! };
}

/** Bytes that stand for a portrait. */
export const PORTRAIT = new Uint8Array([
  0xff,
  0xd8,
  ...Array.from('a face', (c) => c.charCodeAt(0)),
  0xff,
  0xd9,
]);

/** Uploads a presentation of a copy with these claims disclosed. */
export async function present(w: ServiceWorld, copy: Copy, ...paths: readonly string[]) {
  const shown = paths.length > 0 ? paths : ['age_equal_or_over/18'];
  return w.service.presentations.accept(await bound(disclosing(copy, ...shown), copy.key, here(w)));
}

const EVERYTHING = [
  'age_over_18',
  'age_over_21',
  'status_student',
  'family_name',
  'given_name',
  'birth_date',
  'portrait',
];

/** A terminal of a new retailer, as it calls. */
export async function till(
  w: ServiceWorld,
  { permitted = EVERYTHING, live = true, name = 'Corner Shop' } = {},
): Promise<Till> {
  const retailer = await w.service.retailers.register({ name, permitted }, OFFICER);
  const asked = { name: 'Till 4', store: null, live };
  const { key } = await w.service.terminals.add(retailer.id, asked, OFFICER);
  const caller = await w.service.identify.terminal(key);
  if (caller === null) throw new Error('the terminal is nobody');
  return caller;
}

export const ADULT: Ask = { claims: ['age_over_18'], portrait: false };

/** A question of a terminal about a token: over 18, with nothing else said, or as changed. */
export function question(terminal: Till, token: string, change: Partial<Question> = {}): Question {
  return { terminal, token, ask: ADULT, scannedAt: null, reference: null, idempotencyKey: null, ...change };
}

/** What a copy's place in the status lists says today. */
export async function standing(w: ServiceWorld, ...all: readonly Copy[]): Promise<readonly string[]> {
  const places = all.map(placeOf);
  const today = dateIn(w.config.jurisdiction.timeZone, w.world.now());
  const found = await w.service.stores.statuses.statusesOf(places, today);
  return places.map(({ list, index }) => found.get(`${list}/${index}`) ?? 'not there');
}

export function placeOf(copy: Copy) {
  const { idx, uri } = payloadOf(copy.sdJwt).status.status_list;
  return { list: uri.slice(uri.lastIndexOf('/') + 1) as Id<'status_list'>, index: idx };
}

/** The payload of a credential as it was signed. */
export function payloadOf(sdJwt: string) {
  const [, payload = ''] = sdJwt.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** Bytes that look random and are the same in each run (mulberry32). */
function repeatable(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return (length) => Uint8Array.from({ length }, next);
}
