import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { BODY_LIMIT, idParams, listOf, pageQuery } from '../../http/fields.ts';
import { assertionField, challengeIdField, holderSession, listedSession } from '../fields.ts';

const TAG = 'Sessions';

export const signIn = endpoint({
  id: 'signIn',
  tag: TAG,
  method: 'post',
  path: '/v1/sessions',
  summary: 'Sign in as a holder',
  description:
    'The session belongs to the wallet of the passkey, whichever device it is used on. A response that does not ' +
    'hold, and a passkey that is not known here, are refused alike: `invalid_request` at `/credential`.',
  caller: { public: true },
  body: {
    schema: z.strictObject({ challenge_id: challengeIdField, credential: assertionField }),
    media: 'application/json',
    limit: BODY_LIMIT,
  },
  replies: { 201: { description: 'The session.', schema: holderSession } },
});

export const listSessions = endpoint({
  id: 'listSessions',
  tag: TAG,
  method: 'get',
  path: '/v1/sessions',
  summary: 'List the own sessions, the newest first',
  description: "A holder gets those of all the person's wallets.",
  caller: { holder: 'session', officer: 'own' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(listedSession) } },
});

/** Stands before `endSession`, whose path would take `current` for an id. */
export const endCurrentSession = endpoint({
  id: 'endCurrentSession',
  tag: TAG,
  method: 'delete',
  path: '/v1/sessions/current',
  summary: 'Sign out',
  caller: { holder: 'session', officer: 'own' },
  replies: { 204: { description: 'Ended.' } },
});

export const endSession = endpoint({
  id: 'endSession',
  tag: TAG,
  method: 'delete',
  path: '/v1/sessions/{id}',
  summary: 'End one of the own sessions',
  caller: { holder: 'session', officer: 'own' },
  params: idParams('session'),
  replies: { 204: { description: 'Ended.' } },
  faults: ['not_found'],
});
