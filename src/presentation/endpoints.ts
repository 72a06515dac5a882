import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { claimField, idField, idParams, instantField, PRESENTATION_LIMIT } from '../http/fields.ts';

const asking = z
  .object({
    asked_at: instantField,
    retailer: z.object({ id: z.string(), name: z.string() }),
    asked: z.array(claimField),
    outcome: z.enum(['approved', 'refused']),
    reason: z.string().nullable(),
    told: z.record(z.string(), z.union([z.literal(true), z.string()])),
  })
  .meta({
    id: 'Asking',
    description: 'One question about a ticket. Of a portrait it says only that it was shown.',
  });

const presentation = z
  .object({
    id: idField('presentation'),
    object: z.literal('presentation'),
    state: z.enum(['waiting', 'used', 'voided', 'expired']),
    expires_at: instantField,
    askings: z.array(asking),
  })
  .meta({ id: 'Presentation', description: 'What became of an uploaded presentation.' });

export const createPresentation = endpoint({
  id: 'createPresentation',
  tag: 'Presentations',
  method: 'post',
  path: '/v1/presentations',
  summary: 'Upload a presentation and get a ticket for it',
  description:
    'An SD-JWT+KB of one copy with the chosen claims. Its aud is the credential issuer, its nonce a c_nonce. ' +
    'The claims are kept for a minute at most, sealed under the ticket, which is not kept.',
  caller: { wallet: true },
  body: {
    schema: z.strictObject({ presentation: z.string().min(1).max(PRESENTATION_LIMIT) }),
    media: 'application/json',
    limit: PRESENTATION_LIMIT,
  },
  replies: {
    201: {
      description: 'The ticket.',
      schema: z
        .object({
          id: idField('presentation'),
          object: z.literal('presentation'),
          ticket: z.string().describe('34 digits to show as a QR.'),
          expires_at: instantField,
          secret: z.string().describe('Shown as a bearer token, it tells what became of the ticket.'),
        })
        .meta({ id: 'Ticket' }),
    },
  },
  faults: ['invalid_presentation'],
});

export const getPresentation = endpoint({
  id: 'getPresentation',
  tag: 'Presentations',
  method: 'get',
  path: '/v1/presentations/{id}',
  summary: 'Learn who asked what, and was told what',
  description:
    'With `Accept: text/event-stream` it answers at each change until nothing more can happen. ' +
    'Authorization is the secret of the upload as a bearer token.',
  caller: { wallet: true },
  params: idParams('presentation'),
  headers: z.object({ authorization: z.string().max(200).optional(), accept: z.string().optional() }),
  replies: { 200: { description: 'The state and the questions so far.', schema: presentation } },
  faults: ['unauthenticated', 'not_found'],
});
