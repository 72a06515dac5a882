import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idField, instantField } from '../http/fields.ts';
import { REASONS } from '../judgement/verdict.ts';
import { DIMENSIONS } from './count.ts';

const instant = z.iso.datetime({ offset: true });
const count = z.int().min(0).nullable().describe('How many questions; null if that is hidden.');
const hidden = z.boolean().describe('Whether it is hidden, because a small count could point at somebody.');

/** `hour,outcome` as a list of dimensions, each once. */
const groupBy = z
  .string()
  .max(100)
  .default('')
  .transform((text) => (text === '' ? [] : [...new Set(text.split(','))]))
  .pipe(z.array(z.enum(DIMENSIONS)))
  .describe(`By what they are counted: any of ${DIMENSIONS.join(', ')}, parted by commas.`);

const group = z.object({
  hour: instantField.optional().describe('The beginning of the hour.'),
  outcome: z.enum(['approved', 'refused']).optional(),
  reason: z.enum(REASONS).nullable().optional().describe('Null for approvals.'),
  policy: z
    .string()
    .nullable()
    .optional()
    .describe('The policy; several of one question joined with `+`; null where claims were asked.'),
  retailer_id: idField('retailer').optional(),
  count,
  hidden,
});

export const getStatistics = endpoint({
  id: 'getStatistics',
  tag: 'Statistics',
  method: 'get',
  path: '/v1/statistics',
  summary: 'Count answered questions by hour, outcome, reason, policy and retailer',
  description:
    'Nobody is in the counts. Groups without a question are left out. Counts below the minimum of the service are ' +
    'hidden, and as many others with them as it takes that they cannot be worked out from a total.',
  caller: { officer: 'statistics:read' },
  query: z.strictObject({
    from: instant.optional().describe('The beginning of an hour; a day before the end if left out.'),
    to: instant.optional().describe('The end, exclusive: the end of the present hour if left out.'),
    group_by: groupBy,
    livemode: z.enum(['true', 'false']).default('true').describe('Of live terminals, or of test terminals.'),
  }),
  replies: {
    200: {
      description: 'The counts.',
      schema: z.object({
        object: z.literal('statistics'),
        from: instantField,
        to: instantField,
        livemode: z.boolean(),
        minimum: z.int().describe('Counts below it are hidden.'),
        total: z.object({ count, hidden }),
        data: z.array(group),
      }),
      example: {
        object: 'statistics',
        from: '2026-11-22T09:00:00.000Z',
        to: '2026-11-22T10:00:00.000Z',
        livemode: true,
        minimum: 5,
        total: { count: 131, hidden: false },
        data: [
          { outcome: 'approved', count: 120, hidden: false },
          { outcome: 'refused', count: 11, hidden: false },
        ],
      },
    },
  },
});
