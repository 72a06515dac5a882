import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, instantField, listOf } from '../http/fields.ts';
import { EVERY_DAYS } from './rotation-schedule.ts';

const PURPOSES = ['root', 'issuer', 'document', 'test'] as const;

const keyBody = z
  .object({
    id: z.string(),
    object: z.literal('issuer_key'),
    purpose: z.enum(PURPOSES),
    state: z.enum(['next', 'active', 'retired', 'destroyed']),
    issuer_url: z.string(),
    created_at: instantField,
    retired_at: instantField.nullable(),
  })
  .meta({ id: 'IssuerKey', description: 'A signing key. Its private part is never shown.' });

const jwk = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() })
  .extend({ kid: z.string(), use: z.literal('sig'), alg: z.literal('ES256') })
  .meta({ id: 'PublicKey', description: 'A public key (RFC 7517).' });

const jwks = z.object({ keys: z.array(jwk) });

export const listKeys = endpoint({
  id: 'listKeys',
  tag: 'Keys',
  method: 'get',
  path: '/v1/keys',
  summary: 'List the signing keys',
  caller: { officer: 'keys:read' },
  replies: { 200: { description: 'All keys, the oldest first.', schema: listOf(keyBody) } },
});

export const rotateKeysNow = endpoint({
  id: 'rotateKeys',
  tag: 'Keys',
  method: 'post',
  path: '/v1/keys/rotate',
  summary: 'Let the next keys sign, and make new next ones',
  description: 'Retired keys stay published until everything that they signed has expired.',
  caller: { officer: 'keys:write' },
  recent: true,
  replies: { 200: { description: 'All keys after the change.', schema: listOf(keyBody) } },
});

const everyDaysField = z.int().min(EVERY_DAYS.least).max(EVERY_DAYS.most).nullable();

const schedule = z
  .object({
    object: z.literal('key_schedule'),
    every_days: everyDaysField.describe(
      'Days from one rotation to the next; null where none comes by itself.',
    ),
    next_at: instantField.nullable(),
    earliest_at: instantField.describe('From when on the next keys have been published long enough to sign.'),
  })
  .meta({ id: 'KeySchedule', description: 'When the signing keys rotate by themselves.' });

export const getKeySchedule = endpoint({
  id: 'getKeySchedule',
  tag: 'Keys',
  method: 'get',
  path: '/v1/keys/schedule',
  summary: 'Learn when the signing keys rotate by themselves',
  caller: { officer: 'keys:read' },
  replies: { 200: { description: 'The schedule.', schema: schedule } },
});

export const setKeySchedule = endpoint({
  id: 'setKeySchedule',
  tag: 'Keys',
  method: 'put',
  path: '/v1/keys/schedule',
  summary: 'Set when the signing keys rotate by themselves, or that they do not',
  description:
    'Without `next_at` the first rotation comes `every_days` from now. An earlier one than `earliest_at`, or one ' +
    'more than a year ahead, is `invalid_request` at `/next_at`. Whatever is missed while the service stands still is ' +
    'made good by one rotation. A rotation by hand moves the next one on.',
  caller: { officer: 'keys:write' },
  recent: true,
  body: {
    schema: z
      .strictObject({ every_days: everyDaysField, next_at: z.iso.datetime({ offset: true }).optional() })
      .refine(({ every_days, next_at }) => every_days !== null || next_at === undefined, {
        path: ['next_at'],
        message: 'Where no rotation comes by itself there is no next one.',
      }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { every_days: 90 },
  },
  replies: { 200: { description: 'The schedule after the change.', schema: schedule } },
});

export const getJwks = endpoint({
  id: 'getJwks',
  tag: 'Published keys',
  method: 'get',
  path: '/.well-known/jwks.json',
  summary: 'The keys that verify credentials, status lists, receipts and other documents (RFC 7517)',
  caller: { public: true },
  cors: true,
  replies: { 200: { description: 'The keys: next, active and retired.', schema: jwks } },
});

export const getTestJwks = endpoint({
  id: 'getTestJwks',
  tag: 'Published keys',
  method: 'get',
  path: '/.well-known/test-jwks.json',
  summary: "The keys that verify test terminals' receipts",
  description: 'They stand apart, so that nobody takes a test receipt for a real one.',
  caller: { public: true },
  cors: true,
  replies: { 200: { description: 'The keys: next, active and retired.', schema: jwks } },
});

export const getJwtVcIssuer = endpoint({
  id: 'getJwtVcIssuer',
  tag: 'Published keys',
  method: 'get',
  path: '/.well-known/jwt-vc-issuer',
  summary: 'The keys that verify credentials, as SD-JWT VC has it',
  caller: { public: true },
  cors: true,
  replies: {
    200: { description: 'The issuer and its keys.', schema: z.object({ issuer: z.string(), jwks }) },
  },
});

export const getRootCertificate = endpoint({
  id: 'getRootCertificate',
  tag: 'Published keys',
  method: 'get',
  path: '/certificates/root.pem',
  summary: 'The root certificate that the chain of every credential ends in',
  caller: { public: true },
  cors: true,
  replies: {
    200: { description: 'PEM (RFC 7468).', schema: z.string(), media: 'application/x-pem-file' },
  },
});
