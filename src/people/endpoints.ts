import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  BODY_LIMIT,
  dateField,
  idField,
  idParams,
  instantField,
  listOf,
  nameField,
  PERSON_LIMIT,
  pageQuery,
} from '../http/fields.ts';

const statusField = z
  .strictObject({
    type: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,31}$/)
      .meta({ example: 'student' }),
    until: dateField.describe('The last day on which it holds.'),
  })
  .meta({ id: 'PersonStatus', description: 'A status that an officer attests.' });

const nationality = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe('ISO 3166-1 alpha-2.')
  .meta({ example: 'GB' });
const documentNumber = nameField(40);
const externalId = nameField(100).describe("The officer's own number for the person.");
const portrait = z
  .string()
  .min(1)
  .max(PERSON_LIMIT)
  .describe('A JPEG, PNG or WebP in base64 or as a data URL; kept as a JPEG of 20 kB or less.');
const statuses = z.array(statusField).max(20);

const facts = z.strictObject({
  family_name: nameField(100),
  given_name: nameField(100),
  birth_date: dateField,
  nationality: nationality.nullish(),
  document_number: documentNumber.nullish(),
  portrait: portrait.nullish(),
  statuses: statuses.optional(),
  external_id: externalId.nullish(),
});

const person = z
  .object({
    id: idField('person'),
    object: z.literal('person'),
    state: z.enum(['active', 'suspended', 'revoked']),
    state_reason: z.string().nullable(),
    family_name: z.string(),
    given_name: z.string(),
    birth_date: dateField,
    nationality: z.string().nullable(),
    document_number: z.string().nullable(),
    has_portrait: z.boolean(),
    statuses: z.array(z.object({ type: z.string(), until: dateField })),
    external_id: z.string().nullable(),
    created_at: instantField,
    updated_at: instantField,
  })
  .meta({ id: 'Person', description: 'Somebody an officer vetted.' });

const personReply = { description: 'The person.', schema: person };
const example = {
  family_name: 'Lovelace',
  given_name: 'Ada',
  birth_date: '1992-12-10',
  statuses: [{ type: 'student', until: '2027-07-31' }],
  external_id: 'A-1001',
};

export const createPerson = endpoint({
  id: 'createPerson',
  tag: 'People',
  method: 'post',
  path: '/v1/people',
  summary: 'Enter a person',
  caller: { officer: 'people:write' },
  body: { schema: facts, media: 'application/json', limit: PERSON_LIMIT, example },
  replies: { 201: personReply },
});

export const listPeople = endpoint({
  id: 'listPeople',
  tag: 'People',
  method: 'get',
  path: '/v1/people',
  summary: 'List people, the newest first',
  caller: { officer: 'people:read' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(person) } },
});

export const searchPeople = endpoint({
  id: 'searchPeople',
  tag: 'People',
  method: 'post',
  path: '/v1/people/search',
  summary: 'Find people by whole name or external id',
  description: 'Names stay out of addresses and logs. Case, marks and the order of names do not matter.',
  caller: { officer: 'people:read' },
  body: {
    schema: z.strictObject({ query: nameField(200) }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { query: 'Ada Lovelace' },
  },
  replies: { 200: { description: 'Those found, a hundred at most.', schema: listOf(person) } },
});

export const getPerson = endpoint({
  id: 'getPerson',
  tag: 'People',
  method: 'get',
  path: '/v1/people/{id}',
  summary: 'Read one person',
  caller: { officer: 'people:read' },
  params: idParams('person'),
  replies: { 200: personReply },
  faults: ['not_found'],
});

export const mendPerson = endpoint({
  id: 'mendPerson',
  tag: 'People',
  method: 'patch',
  path: '/v1/people/{id}',
  summary: 'Change what is known about a person',
  description:
    'Fields left out stay as they are. Credentials that the change makes untrue become invalid at once.',
  caller: { officer: 'people:write' },
  params: idParams('person'),
  body: {
    schema: facts.partial(),
    media: 'application/json',
    limit: PERSON_LIMIT,
    example: { given_name: 'Augusta' },
  },
  replies: { 200: personReply },
  faults: ['not_found', 'conflict'],
});

export const erasePerson = endpoint({
  id: 'erasePerson',
  tag: 'People',
  method: 'delete',
  path: '/v1/people/{id}',
  summary: 'Erase a person',
  description:
    "Destroys the person's key, makes all credentials invalid and deletes every trace. It is for good.",
  caller: { officer: 'people:write' },
  recent: true,
  params: idParams('person'),
  replies: { 204: { description: 'Erased.' } },
  faults: ['not_found'],
});

const reasonBody = {
  schema: z.strictObject({
    reason: nameField(200).describe('In words; kept with the sealed record, never in a log.'),
  }),
  media: 'application/json',
  limit: BODY_LIMIT,
  example: { reason: 'Reported a lost document' },
} as const;

export const suspendPerson = endpoint({
  id: 'suspendPerson',
  tag: 'People',
  method: 'post',
  path: '/v1/people/{id}/suspend',
  summary: 'Suspend a person',
  description: 'Takes effect on the next verification of a ticket and stops new passes.',
  caller: { officer: 'people:write' },
  params: idParams('person'),
  body: reasonBody,
  replies: { 200: personReply },
  faults: ['not_found', 'conflict'],
});

export const reinstatePerson = endpoint({
  id: 'reinstatePerson',
  tag: 'People',
  method: 'post',
  path: '/v1/people/{id}/reinstate',
  summary: 'Reinstate a suspended person',
  description: 'Credentials of locked wallets stay invalid.',
  caller: { officer: 'people:write' },
  params: idParams('person'),
  body: reasonBody,
  replies: { 200: personReply },
  faults: ['not_found', 'conflict'],
});

export const revokePerson = endpoint({
  id: 'revokePerson',
  tag: 'People',
  method: 'post',
  path: '/v1/people/{id}/revoke',
  summary: 'Revoke a person for good',
  caller: { officer: 'people:write' },
  recent: true,
  params: idParams('person'),
  body: reasonBody,
  replies: { 200: personReply },
  faults: ['not_found', 'conflict'],
});
