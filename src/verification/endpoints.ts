import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  BODY_LIMIT,
  claimField,
  idField,
  idParams,
  instantField,
  listOf,
  nameField,
  pageQuery,
} from '../http/fields.ts';
import { testToken } from '../judgement/test-token.ts';
import { NEXT_STEPS, REASONS } from '../judgement/verdict.ts';
import type { Ask } from './question.ts';

const LONGEST_TOKEN = 8_192;
const MOST_ASKED = 20;

const policyId = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}$/)
  .meta({ example: 'alcohol' });

/** Exactly one of `policies` and `claims`. */
const ask = z
  .strictObject({
    policies: z.array(policyId).min(1).max(MOST_ASKED).optional(),
    claims: z.array(claimField).min(1).max(MOST_ASKED).optional(),
    portrait: z.boolean().default(false).describe('Whether the cashier will compare a portrait.'),
  })
  .refine(({ policies, claims }) => (policies === undefined) !== (claims === undefined), {
    message: 'Exactly one of policies and claims is needed.',
  })
  .transform(
    ({ policies, claims, portrait }): Ask =>
      policies === undefined ? { claims: claims ?? [], portrait } : { policies, portrait },
  )
  .describe('Exactly one of `policies` and `claims`.');

const question = z.strictObject({
  token: z.string().max(LONGEST_TOKEN).describe('What was scanned: digits; spaces and dashes are ignored.'),
  ask,
  scanned_at: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("The till's own time: recorded, never believed."),
  reference: nameField(200).optional().describe("The shop's own words for the sale."),
});

const verification = z
  .object({
    id: idField('verification'),
    object: z.literal('verification'),
    livemode: z.boolean(),
    outcome: z.enum(['approved', 'refused']),
    reason: z.enum(REASONS).nullable(),
    next_step: z.enum(NEXT_STEPS),
    claims: z.record(z.string(), z.union([z.literal(true), z.string()])),
    discount_codes: z
      .array(z.string())
      .optional()
      .describe('What the till applies: the codes of the policies that were approved, if they have any.'),
    claims_expired: z.literal(true).optional().describe('Identity was told once and is gone.'),
    proof: z.enum(['ticket', 'pass']).nullable(),
    presented_at: instantField.nullable(),
    checked_at: instantField,
    freshness: z.enum(['fresh', 'skewed']).nullable(),
    receipt_url: z.string(),
    reference: z.string().nullable(),
  })
  .meta({ id: 'Verification', description: 'One question and its answer.' });

const example = {
  token: testToken('approved'),
  ask: { policies: ['alcohol'] },
  scanned_at: '2026-11-22T10:00:00Z',
  reference: 'till 4, receipt 2231',
};

const answer = {
  id: 'ver_01m81b5h800103ahrz6dmv29gq',
  object: 'verification',
  livemode: false,
  outcome: 'approved',
  reason: null,
  next_step: 'sell',
  claims: { age_over_18: true },
  proof: null,
  presented_at: null,
  checked_at: '2026-11-22T10:00:01.000Z',
  freshness: null,
  receipt_url: 'https://id.example/v1/verifications/ver_01m81b5h800103ahrz6dmv29gq/receipt',
  reference: 'till 4, receipt 2231',
};

export const createVerification = endpoint({
  id: 'createVerification',
  tag: 'Verifications',
  method: 'post',
  path: '/v1/verifications',
  summary: 'Ask whether the shown code answers what the sale needs',
  description:
    'Sell only on 201, or on 200 with Idempotency-Replayed, and only if the outcome is approved. ' +
    'A token is approved once, whoever asks. Requests that are refused with 4xx use nothing up.',
  caller: { terminal: true },
  headers: z.object({
    'idempotency-key': z
      .string()
      .min(1)
      .max(255)
      .regex(/^[\x21-\x7e]+$/)
      .optional()
      .describe('The same key with the same body gets the first answer again, for 24 hours.'),
  }),
  body: { schema: question, media: 'application/json', limit: BODY_LIMIT, example },
  replies: {
    201: { description: 'The answer, approved or refused.', schema: verification, example: answer },
    200: {
      description: 'The answer that was given before, with Idempotency-Replayed: true.',
      schema: verification,
      example: answer,
    },
  },
  faults: ['claim_not_permitted', 'unknown_policy', 'idempotency_key_reused', 'idempotency_in_progress'],
});

export const listVerifications = endpoint({
  id: 'listVerifications',
  tag: 'Verifications',
  method: 'get',
  path: '/v1/verifications',
  summary: "List the terminal's own verifications, the newest first",
  caller: { terminal: true },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(verification) } },
});

export const getVerification = endpoint({
  id: 'getVerification',
  tag: 'Verifications',
  method: 'get',
  path: '/v1/verifications/{id}',
  summary: "Read one of the terminal's own verifications",
  caller: { terminal: true },
  params: idParams('verification'),
  replies: { 200: { description: 'The verification, without identity.', schema: verification } },
  faults: ['not_found'],
});

export const getReceipt = endpoint({
  id: 'getReceipt',
  tag: 'Verifications',
  method: 'get',
  path: '/v1/verifications/{id}/receipt',
  summary: 'Get the signed receipt of a verification',
  description: 'A JWT that verifies with /.well-known/jwks.json; of a test terminal with test-jwks.json.',
  caller: { terminal: true },
  params: idParams('verification'),
  replies: { 200: { description: 'The receipt.', schema: z.string(), media: 'application/jwt' } },
  faults: ['not_found'],
});
