import type { z } from 'zod';
import type { Actor } from '../audit/event.ts';
import type { Page, PageAsked } from '../db/page.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Id } from '../kernel/ids.ts';
import * as contract from './endpoints.ts';
import type { Mending } from './mend-person.ts';
import type { Facts, Person, StateChange } from './person.ts';
import { makePortrait } from './portrait.ts';

/** The use cases of people, with what they need already given. */
export interface PeopleVerbs {
  create(facts: Facts, portrait: Uint8Array | null, actor: Actor): Promise<Person>;
  find(id: Id<'person'>): Promise<Person>;
  list(asked: PageAsked): Promise<Page<Person>>;
  search(query: string): Promise<readonly Person[]>;
  mend(id: Id<'person'>, mending: Mending, actor: Actor): Promise<Person>;
  changeState(id: Id<'person'>, to: { change: StateChange; reason: string }, actor: Actor): Promise<Person>;
  erase(id: Id<'person'>, actor: Actor): Promise<void>;
}

export function peopleRoutes(web: Web, people: PeopleVerbs): void {
  serve(web, contract.createPerson, async ({ body, caller }) => {
    const portrait = body.portrait ? await makePortrait(body.portrait) : null;
    return reply(201, shown(await people.create({ ...NOTHING, ...factsOf(body) }, portrait, caller.actor)));
  });

  serve(web, contract.listPeople, async ({ query }) =>
    reply(200, listBody(await people.list(pageAsked(query)), shown)),
  );

  serve(web, contract.searchPeople, async ({ body }) =>
    reply(200, listBody({ rows: await people.search(body.query), hasMore: false }, shown)),
  );

  serve(web, contract.getPerson, async ({ params }) => reply(200, shown(await people.find(params.id))));

  serve(web, contract.mendPerson, async ({ params, body, caller }) => {
    const portrait = typeof body.portrait === 'string' ? await makePortrait(body.portrait) : body.portrait;
    const mending: Mending = { facts: factsOf(body), ...(portrait !== undefined && { portrait }) };
    return reply(200, shown(await people.mend(params.id, mending, caller.actor)));
  });

  serve(web, contract.erasePerson, async ({ params, caller }) => {
    await people.erase(params.id, caller.actor);
    return reply(204, undefined);
  });

  for (const [endpoint, change] of [
    [contract.suspendPerson, 'suspend'],
    [contract.reinstatePerson, 'reinstate'],
    [contract.revokePerson, 'revoke'],
  ] as const) {
    serve(web, endpoint, async ({ params, body, caller }) =>
      reply(200, shown(await people.changeState(params.id, { change, reason: body.reason }, caller.actor))),
    );
  }
}

const NOTHING = {
  nationality: null,
  documentNumber: null,
  statuses: [],
  externalId: null,
  stateReason: null,
};

type FactsBody = z.output<typeof contract.createPerson.body.schema>;

function factsOf(body: FactsBody): Omit<Facts, keyof typeof NOTHING> & Partial<Facts>;
function factsOf(body: { [Name in keyof FactsBody]?: FactsBody[Name] | undefined }): Partial<Facts>;
function factsOf(body: { [Name in keyof FactsBody]?: FactsBody[Name] | undefined }): Partial<Facts> {
  const { birth_date, statuses } = body;
  return {
    ...(body.family_name !== undefined && { familyName: body.family_name }),
    ...(body.given_name !== undefined && { givenName: body.given_name }),
    ...(birth_date !== undefined && { birthDate: birth_date as CalendarDate }),
    ...(body.nationality !== undefined && { nationality: body.nationality }),
    ...(body.document_number !== undefined && { documentNumber: body.document_number }),
    ...(body.external_id !== undefined && { externalId: body.external_id }),
    ...(statuses && {
      statuses: statuses.map(({ type, until }) => ({ type, until: until as CalendarDate })),
    }),
  };
}

function shown({ id, state, facts, portrait, createdAt, updatedAt }: Person) {
  return {
    id,
    object: 'person' as const,
    state,
    state_reason: facts.stateReason,
    family_name: facts.familyName,
    given_name: facts.givenName,
    birth_date: facts.birthDate,
    nationality: facts.nationality,
    document_number: facts.documentNumber,
    has_portrait: portrait !== null,
    statuses: [...facts.statuses],
    external_id: facts.externalId,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}
