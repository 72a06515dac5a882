import type { Service } from '../../compose.ts';
import { SCOPES } from '../../http/caller.ts';
import type { MadeOffer } from '../../issuance/make-offer.ts';
import { SAMPLE_PERSON } from '../../judgement/sample-person.ts';
import { type CalendarDate, dateIn } from '../../kernel/calendar-date.ts';
import { IDENTITY_CLAIMS } from '../../kernel/claims.ts';
import type { Id } from '../../kernel/ids.ts';
import type { World } from '../../kernel/world.ts';
import { makeAdminKey } from '../../officers/make-admin-key.ts';
import type { Person } from '../../people/person.ts';
import { factsOf, MADE_UP_PEOPLE, type MadeUpPerson } from './people.ts';

const SYSTEM = 'system';

/** A person of the sandbox with a fresh offer. */
export interface SandboxPerson {
  readonly person: Person;
  readonly offer: MadeOffer;
}

/** The shop's keys, made once. */
export interface SandboxKeys {
  readonly adminKey: string;
  readonly terminalKey: string;
  readonly testTerminalKey: string;
  readonly retailer: Id<'retailer'>;
  readonly terminal: Id<'terminal'>;
}

/** Sees to it that the made-up people are there, with birthdays as of today, and makes each a fresh offer. */
export async function fillPeople(service: Service, { now }: World): Promise<readonly SandboxPerson[]> {
  const today = dateIn(service.config.jurisdiction.timeZone, now());
  const filled: SandboxPerson[] = [];
  for (const madeUp of MADE_UP_PEOPLE) {
    const person = await present(service, madeUp, today);
    if (person.state !== 'active') continue;
    filled.push({ person, offer: await service.issuance.makeOffer(person.id, null, SYSTEM) });
  }
  return filled;
}

async function present({ people }: Service, madeUp: MadeUpPerson, today: CalendarDate): Promise<Person> {
  const facts = factsOf(madeUp, today);
  const [known] = await people.search(facts.externalId ?? '');
  if (known === undefined) return people.create(facts, portrait(), SYSTEM);
  if (known.facts.birthDate === facts.birthDate || known.state !== 'active') return known;
  return people.mend(known.id, { facts: { birthDate: facts.birthDate } }, SYSTEM);
}

function portrait(): Uint8Array {
  return new Uint8Array(Buffer.from(SAMPLE_PERSON.portrait.split(',')[1] ?? '', 'base64'));
}

/** Makes the shop with its two terminals, an admin key, and the policies as the sandbox has them. */
export async function makeShop(service: Service, world: World): Promise<SandboxKeys> {
  const { mint, transact, config, retailers, terminals } = service;
  const { ages, statuses } = config.vocabulary;
  const permitted = [
    ...ages.map((age) => `age_over_${age}`),
    ...statuses.map((status) => `status_${status}`),
    ...IDENTITY_CLAIMS.filter((claim) => claim !== 'birth_date'),
  ];
  const shop = await retailers.register({ name: 'Corner Shop', permitted }, SYSTEM);
  const live = await terminals.add(shop.id, { name: 'Till 1', store: null, live: true }, SYSTEM);
  const test = await terminals.add(shop.id, { name: 'Till 2 (test)', store: null, live: false }, SYSTEM);
  return {
    adminKey: await makeAdminKey({ transact, world, mint }, SCOPES, null),
    terminalKey: live.key,
    testTerminalKey: test.key,
    retailer: shop.id,
    terminal: live.terminal.id,
  };
}
