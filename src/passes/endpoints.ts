import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT } from '../http/fields.ts';

const TAG = 'Passes';
/** A blinded value or a signature: 256 bytes in base64url are this many characters. */
const VALUE_LENGTH = 342;
/** More values than any quota has; the quota itself is a setting. */
const MOST_VALUES = 40;

const value = z
  .string()
  .max(2 * VALUE_LENGTH)
  .describe('256 bytes, base64url without padding.');

export const getPassDirectory = endpoint({
  id: 'getPassDirectory',
  tag: TAG,
  method: 'get',
  path: '/v1/pass-directory',
  summary: 'The keys that passes are signed with',
  description:
    'A JWT of type `counterproof-pass-directory+jwt`: `{ iss, iat, passes_per_window, keys: [{ key_id, claim, ' +
    'not_before, expires_at, spki, withdrawn_at? }] }`, times in Unix seconds. There is one key for each claim and ' +
    'window, listed a week ahead, and the directory is the same for everybody: refuse one that lists two, or that ' +
    'changes a key you have seen.',
  caller: { public: true },
  cors: true,
  replies: { 200: { description: 'The directory.', schema: z.string(), media: 'application/jwt' } },
});

export const signPasses = endpoint({
  id: 'signPasses',
  tag: TAG,
  method: 'post',
  path: '/v1/passes',
  summary: 'Have blinded values signed',
  description:
    'For one key, which says claim and window; it signs from one window before its own to the end of it. All values ' +
    'are signed or none. `forbidden` where the person may not prove the claim on the first day of the window. The ' +
    'identical request is answered again and takes nothing of the quota. See RFC 9474, RSABSSA-SHA384-PSS-Deterministic.',
  caller: { holder: 'offer_or_fresh' },
  body: {
    schema: z.strictObject({
      key_id: z.string().regex(/^[0-9a-f]{8}$/),
      blinded: z.array(value).min(1).max(MOST_VALUES),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { key_id: '1f8c02ab', blinded: ['sA'.repeat(VALUE_LENGTH / 2)] },
  },
  replies: {
    200: {
      description: 'The blind signatures, in the order asked.',
      schema: z.object({ signatures: z.array(z.string()) }),
    },
  },
  faults: ['forbidden', 'quota_exceeded'],
});
