import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, dateField, idField, listOf, pageQuery } from '../http/fields.ts';

const MOST_ASKED = 30;

const report = z
  .object({
    id: idField('report'),
    object: z.literal('report'),
    retailer_id: idField('retailer'),
    retailer_name: z.string(),
    asked: z.array(z.string()),
    words: z.string().nullable(),
    day: dateField.describe('When it came, in UTC. No finer time is kept.'),
  })
  .meta({ id: 'Report', description: 'A nameless message that a shop asked for too much.' });

export const createReport = endpoint({
  id: 'createReport',
  tag: 'Reports',
  method: 'post',
  path: '/v1/reports',
  summary: 'Report a shop that asked for too much',
  description:
    'Nameless: no caller, no address and no time finer than the day is kept. Send it without credentials. ' +
    'A retailer that is not there is `invalid_request` at `/retailer_id`.',
  caller: { public: true },
  body: {
    schema: z.strictObject({
      retailer_id: idField('retailer'),
      asked: z
        .array(
          z
            .string()
            .max(64)
            .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/),
        )
        .min(1)
        .max(MOST_ASKED)
        .describe('What the shop asked: claims, or ids of policies.'),
      words: z
        .string()
        .trim()
        .max(500)
        .regex(/^(\P{Cc}|[\n\t])*$/u)
        .nullish()
        .describe('What else there is to say. Leave names out.'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: {
      retailer_id: 'ret_01kbx3tq8g0003ahqz6dmv29gq',
      asked: ['birth_date', 'family_name'],
      words: 'For a bottle of wine.',
    },
  },
  replies: {
    201: {
      description: 'Taken.',
      schema: z.object({ id: idField('report'), object: z.literal('report') }),
    },
  },
});

export const listReports = endpoint({
  id: 'listReports',
  tag: 'Reports',
  method: 'get',
  path: '/v1/reports',
  summary: 'List reports, those of the last days first',
  description: 'Within a day they have no order.',
  caller: { officer: 'reports:read' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(report) } },
});
