import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { BODY_LIMIT, idParams, listOf } from '../../http/fields.ts';
import {
  assertionField,
  challengeIdField,
  officerSession,
  ownPasskey,
  passkeyNameField,
  registrationField,
  registrationReply,
  signInReply,
} from '../fields.ts';

const TAG = 'Officers';
const sessionReply = {
  description: 'The session. Its token is in an HttpOnly cookie and in no body.',
  schema: officerSession,
};

export const beginOfficerRegistration = endpoint({
  id: 'beginOfficerRegistration',
  tag: TAG,
  method: 'post',
  path: '/v1/officer-passkeys/registrations',
  summary: 'Begin to register a passkey of an officer',
  description:
    'With the token of a set-up link, which works once and for 24 hours: a wrong one is `invalid_request` at ' +
    '`/setup_token`. With a recovery code, a new passkey where all others are lost: a wrong one is `invalid_request` ' +
    'at `/recovery_code`, and tries are limited for all callers together. Without either, a further passkey for ' +
    'whoever signed in less than five minutes ago.',
  caller: { public: true, officer: 'own' },
  body: {
    schema: z.strictObject({
      setup_token: z.string().max(128).optional(),
      recovery_code: z.string().max(64).optional().describe('In any case; spaces and dashes do not matter.'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: {},
  },
  replies: { 201: { description: 'What to create it with.', schema: registrationReply } },
  faults: ['verification_required', 'conflict'],
});

export const registerOfficerPasskey = endpoint({
  id: 'registerOfficerPasskey',
  tag: TAG,
  method: 'post',
  path: '/v1/officer-passkeys',
  summary: 'Register a passkey of an officer',
  description:
    'It begins a session, and ends the one that the browser had. A response that does not hold is ' +
    '`invalid_request` at `/credential`, and never why.',
  caller: { public: true, officer: 'own' },
  body: {
    schema: z.strictObject({
      challenge_id: challengeIdField,
      credential: registrationField,
      name: passkeyNameField.default('Passkey'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
  },
  replies: { 201: sessionReply },
  faults: ['conflict'],
});

export const listOfficerPasskeys = endpoint({
  id: 'listOfficerPasskeys',
  tag: TAG,
  method: 'get',
  path: '/v1/officer-passkeys',
  summary: 'List the own passkeys, the newest first',
  caller: { officer: 'own' },
  replies: { 200: { description: 'All of them.', schema: listOf(ownPasskey) } },
});

export const removeOfficerPasskey = endpoint({
  id: 'removeOfficerPasskey',
  tag: TAG,
  method: 'delete',
  path: '/v1/officer-passkeys/{id}',
  summary: 'Remove one of the own passkeys',
  description:
    'The sessions that began with it end. The last one cannot go, since it alone signs in: `conflict`. Who has lost ' +
    'it uses a recovery code.',
  caller: { officer: 'own' },
  recent: true,
  params: idParams('passkey'),
  replies: { 204: { description: 'Removed.' } },
  faults: ['not_found', 'conflict'],
});

export const beginOfficerSignIn = endpoint({
  id: 'beginOfficerSignIn',
  tag: TAG,
  method: 'post',
  path: '/v1/officer-passkeys/sign-ins',
  summary: 'Begin to sign in as an officer',
  caller: { public: true },
  body: { schema: z.strictObject({}), media: 'application/json', limit: BODY_LIMIT, example: {} },
  replies: { 201: { description: 'What to sign in with.', schema: signInReply } },
});

export const signInOfficer = endpoint({
  id: 'signInOfficer',
  tag: TAG,
  method: 'post',
  path: '/v1/officer-sessions',
  summary: 'Sign in as an officer',
  description:
    'It ends the session that the browser had. A response that does not hold, and a passkey that is not known here, ' +
    'are refused alike: `invalid_request` at `/credential`.',
  caller: { public: true, officer: 'own' },
  body: {
    schema: z.strictObject({ challenge_id: challengeIdField, credential: assertionField }),
    media: 'application/json',
    limit: BODY_LIMIT,
  },
  replies: { 201: sessionReply },
});

export const getOfficerSession = endpoint({
  id: 'getOfficerSession',
  tag: TAG,
  method: 'get',
  path: '/v1/officer-sessions/current',
  summary: 'Learn as which officer one calls',
  caller: { officer: 'own' },
  replies: { 200: { description: 'The session.', schema: officerSession } },
});

export const endOfficerSession = endpoint({
  id: 'endOfficerSession',
  tag: TAG,
  method: 'delete',
  path: '/v1/officer-sessions/current',
  summary: 'Sign out as an officer',
  caller: { officer: 'own' },
  replies: { 204: { description: 'Ended; the cookie is taken away.' } },
});
