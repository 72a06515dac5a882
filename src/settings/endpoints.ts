import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { claimField, dateField } from '../http/fields.ts';

const TAG = 'Settings';

export const getSettings = endpoint({
  id: 'getSettings',
  tag: TAG,
  method: 'get',
  path: '/v1/settings',
  summary: "Read what the service's settings came to",
  description:
    'Settings are given to the process at its start. Secrets and addresses of databases are left out.',
  caller: { officer: 'settings:read' },
  replies: {
    200: {
      description: 'Each setting by its name in the environment.',
      schema: z.object({
        object: z.literal('settings'),
        sandbox: z.boolean(),
        settings: z.array(z.object({ name: z.string(), value: z.string() })),
      }),
      example: {
        object: 'settings',
        sandbox: false,
        settings: [{ name: 'CREDENTIAL_DAYS', value: '14' }],
      },
    },
  },
});

export const getVocabulary = endpoint({
  id: 'getVocabulary',
  tag: TAG,
  method: 'get',
  path: '/v1/vocabulary',
  summary: 'Learn what this service attests, and what day it is there',
  caller: { officer: 'policies:read' },
  replies: {
    200: {
      description: 'The claims by their names, and what decides about ages.',
      schema: z.object({
        object: z.literal('vocabulary'),
        claims: z.array(claimField),
        ages: z.array(z.int()),
        statuses: z.array(z.string()),
        today: dateField.describe('In the jurisdiction.'),
        leap_birthday: z
          .enum(['02-28', '03-01'])
          .describe('When somebody born on 29 February ages in other years.'),
      }),
    },
  },
});
