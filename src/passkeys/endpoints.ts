import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, idParams, listOf, pageQuery } from '../http/fields.ts';
import {
  challengeIdField,
  holderSession,
  passkey,
  passkeyNameField,
  registrationField,
  registrationReply,
  signInReply,
} from './fields.ts';

const TAG = 'Passkeys';

export const beginRegistration = endpoint({
  id: 'beginRegistration',
  tag: TAG,
  method: 'post',
  path: '/v1/passkeys/registrations',
  summary: 'Begin to register a passkey of a wallet',
  description:
    'With the access token of a redeemed offer while the wallet has no passkey; after that, with a session that ' +
    'began less than five minutes ago: `verification_required` otherwise.',
  caller: { holder: 'offer_or_fresh' },
  replies: { 201: { description: 'What to create it with.', schema: registrationReply } },
  faults: ['conflict'],
});

export const registerPasskey = endpoint({
  id: 'registerPasskey',
  tag: TAG,
  method: 'post',
  path: '/v1/passkeys',
  summary: 'Register a passkey of a wallet',
  description:
    'It begins a session. The first passkey of a wallet also brings the lock code, which is shown this once. ' +
    'A response that does not hold is `invalid_request` at `/credential`, and never why; the challenge is used up.',
  caller: { holder: 'offer_or_fresh' },
  body: {
    schema: z.strictObject({
      challenge_id: challengeIdField,
      credential: registrationField,
      name: passkeyNameField.default('Passkey'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
  },
  replies: {
    201: {
      description: 'The passkey, and a session.',
      schema: z
        .object({
          passkey,
          session: holderSession,
          lock_code: z
            .string()
            .nullable()
            .describe('Three groups of four characters: it can lock this wallet and do nothing else.'),
        })
        .meta({ id: 'RegisteredPasskey' }),
    },
  },
  faults: ['conflict'],
});

export const listPasskeys = endpoint({
  id: 'listPasskeys',
  tag: TAG,
  method: 'get',
  path: '/v1/passkeys',
  summary: 'List the passkeys of the own wallet, the newest first',
  caller: { holder: 'session' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(passkey) } },
});

export const removePasskey = endpoint({
  id: 'removePasskey',
  tag: TAG,
  method: 'delete',
  path: '/v1/passkeys/{id}',
  summary: 'Remove a passkey of the own wallet',
  description:
    'The sessions that began with it end. The last one cannot go, since nobody could sign in any more: `conflict`. ' +
    'To give a wallet up, lock it.',
  caller: { holder: 'fresh' },
  params: idParams('passkey'),
  replies: { 204: { description: 'Removed.' } },
  faults: ['not_found', 'conflict'],
});

export const beginSignIn = endpoint({
  id: 'beginSignIn',
  tag: TAG,
  method: 'post',
  path: '/v1/passkeys/sign-ins',
  summary: 'Begin to sign in as a holder',
  description: 'Whoever holds a passkey of a wallet may; which one, the device asks its owner.',
  caller: { public: true },
  body: { schema: z.strictObject({}), media: 'application/json', limit: BODY_LIMIT, example: {} },
  replies: { 201: { description: 'What to sign in with.', schema: signInReply } },
});
