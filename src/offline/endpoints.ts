import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, instantField } from '../http/fields.ts';
import { REASONS } from '../judgement/verdict.ts';

const TAG = 'Offline';
const MOST_REPORTS = 50;

const report = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{22}$/)
      .describe("The till's own: 128 random bits, base64url. The same report again is recorded once."),
    key_id: z.string().regex(/^[0-9a-f]{8}$/),
    device_key_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe("SHA-256 of the pass's device key, in hexadecimal."),
    checked_at: z.iso.datetime({ offset: true }).describe("By the till's clock: recorded, never believed."),
    outcome: z.enum(['approved', 'refused']),
    reason: z.enum(REASONS).nullable(),
  })
  .refine(({ outcome, reason }) => (outcome === 'approved') === (reason === null), {
    path: ['reason'],
    message: 'An approval has no reason, and a refusal has one.',
  });

export const getTrustBundle = endpoint({
  id: 'getTrustBundle',
  tag: TAG,
  method: 'get',
  path: '/v1/trust-bundle',
  summary: 'What a till needs to judge passes without a network',
  description:
    'A JWT of type `counterproof-trust-bundle+jwt`, signed by a key whose certificate is in `x5c` and ends in ' +
    '`/certificates/root.pem`: keys of passes, policies, bounds of time. `version` rises; refuse one older than ' +
    'you have seen. From `stale_at` on say so, and from `exp` on judge nothing by it.',
  caller: { terminal: true },
  headers: z.object({ 'if-none-match': z.string().optional() }),
  replies: {
    200: { description: 'The bundle.', schema: z.string(), media: 'application/jwt' },
    304: { description: 'It has not changed.' },
  },
});

export const reportOffline = endpoint({
  id: 'reportOffline',
  tag: TAG,
  method: 'post',
  path: '/v1/offline-verifications',
  summary: 'Report what was judged without a network',
  description:
    'Approved passes count as spent from then on, everywhere. The answer names the reports whose pass had been ' +
    'spent before, at another till or at this one. Nothing in a report tells who showed the pass.',
  caller: { terminal: true },
  body: {
    schema: z.strictObject({
      bundle_version: z.number().int().nonnegative().describe('Of the trust bundle that was judged by.'),
      verifications: z.array(report).min(1).max(MOST_REPORTS),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: {
      bundle_version: 1_795_341_600,
      verifications: [
        {
          id: 'vX3mQe0yT1qk8dW2cJ5hZg',
          key_id: '1f8c02ab',
          device_key_hash: 'b9'.repeat(32),
          checked_at: '2026-11-22T10:00:00Z',
          outcome: 'approved',
          reason: null,
        },
      ],
    },
  },
  replies: {
    200: {
      description: 'All of it is recorded.',
      schema: z.object({
        object: z.literal('offline_report'),
        received: z.number().int(),
        double_spends: z.array(z.string()).describe('The ids of reports whose pass had been spent before.'),
        server_time: instantField,
      }),
    },
  },
  faults: ['forbidden'],
});
