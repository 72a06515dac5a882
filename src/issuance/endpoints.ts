import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, idField, idParams, instantField, PRESENTATION_LIMIT } from '../http/fields.ts';
import { CREDENTIAL_TYPES } from '../kernel/credential-type.ts';
import { BATCH_SIZE } from './metadata.ts';
import { NOTIFICATIONS } from './notify.ts';

const TAG = 'Issuance (OpenID4VCI)';
const metadataReply = { description: 'The metadata.', schema: z.record(z.string(), z.unknown()) };

export const makeOffer = endpoint({
  id: 'makeOffer',
  tag: 'People',
  method: 'post',
  path: '/v1/people/{id}/offers',
  summary: 'Offer a person credentials',
  description:
    'The link and the transaction code go to the person by different ways. Five wrong codes kill the offer.',
  caller: { officer: 'people:write' },
  params: idParams('person'),
  body: {
    schema: z.strictObject({
      credentials: z
        .array(z.enum(CREDENTIAL_TYPES))
        .min(1)
        .max(CREDENTIAL_TYPES.length)
        .optional()
        .describe('All that the person has, if left out.'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { credentials: ['age', 'identity'] },
  },
  replies: {
    201: {
      description: 'The offer, shown this once.',
      schema: z
        .object({
          id: idField('offer'),
          object: z.literal('offer'),
          offer_uri: z.string(),
          wallet_url: z.string(),
          tx_code: z.string().describe('Six digits.'),
          expires_at: instantField,
        })
        .meta({ id: 'Offer' }),
    },
  },
  faults: ['not_found', 'conflict'],
});

export const makeWalletOffer = endpoint({
  id: 'makeWalletOffer',
  tag: 'Wallets',
  method: 'post',
  path: '/v1/wallet/offers',
  summary: 'Get an offer as a holder',
  description:
    'Redeeming it takes no transaction code. For `this_wallet` it refills the wallet of the session; for ' +
    '`new_wallet` it enrols another one of the same person, on a new phone. It lives ten minutes.',
  caller: { holder: 'fresh' },
  body: {
    schema: z.strictObject({ for: z.enum(['this_wallet', 'new_wallet']).default('this_wallet') }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { for: 'this_wallet' },
  },
  replies: {
    201: {
      description: 'The offer, shown this once.',
      schema: z
        .object({
          id: idField('offer'),
          object: z.literal('offer'),
          offer_uri: z.string(),
          wallet_url: z.string(),
          tx_code: z.null(),
          expires_at: instantField,
        })
        .meta({ id: 'WalletOffer' }),
    },
  },
  faults: ['conflict'],
});

export const readOffer = endpoint({
  id: 'readOffer',
  tag: TAG,
  method: 'get',
  path: '/oid4vci/offers/{reference}',
  summary: 'Read a credential offer by its link',
  caller: { wallet: true },
  cors: true,
  params: z.object({ reference: z.string().max(128) }),
  replies: { 200: { description: 'The offer (OpenID4VCI 1.0 §4.1.1).', schema: metadataReply.schema } },
  faults: ['not_found'],
});

export const redeemOffer = endpoint({
  id: 'redeemOffer',
  tag: TAG,
  method: 'post',
  path: '/oid4vci/token',
  summary: 'Redeem an offer for an access token',
  caller: { wallet: true },
  cors: true,
  errors: 'oauth',
  body: {
    schema: z.object({
      grant_type: z.string().max(200).optional(),
      'pre-authorized_code': z.string().max(200).optional(),
      tx_code: z.string().max(64).optional(),
    }),
    media: 'application/x-www-form-urlencoded',
    limit: BODY_LIMIT,
  },
  replies: {
    200: {
      description: 'The token. It serves every credential of its offer for 15 minutes.',
      schema: z.object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.number().describe('Seconds.'),
      }),
    },
  },
  faults: ['invalid_grant', 'unsupported_grant_type'],
});

export const getNonce = endpoint({
  id: 'getNonce',
  tag: TAG,
  method: 'post',
  path: '/oid4vci/nonce',
  summary: 'Get a nonce for key proofs or a presentation',
  description: 'It is good for five minutes and one request.',
  caller: { wallet: true },
  cors: true,
  errors: 'oauth',
  replies: { 200: { description: 'The nonce.', schema: z.object({ c_nonce: z.string() }) } },
});

export const issueCredential = endpoint({
  id: 'issueCredential',
  tag: TAG,
  method: 'post',
  path: '/oid4vci/credential',
  summary: 'Receive copies of a credential',
  description: `One copy for each proven key: ${BATCH_SIZE} at most, of identity 5.`,
  caller: { holder: 'offer' },
  cors: true,
  errors: 'oauth',
  body: {
    schema: z.object({
      credential_configuration_id: z.string().max(100).optional(),
      credential_identifier: z.string().max(100).optional(),
      proofs: z.object({ jwt: z.array(z.string().max(8_192)).max(200).optional() }).optional(),
      credential_response_encryption: z.unknown().optional(),
    }),
    media: 'application/json',
    limit: PRESENTATION_LIMIT,
  },
  replies: {
    200: {
      description: 'The copies, in the order of the proofs.',
      schema: z.object({
        credentials: z.array(z.object({ credential: z.string() })),
        notification_id: z.string(),
      }),
    },
  },
  faults: [
    'invalid_token',
    'invalid_credential_request',
    'unknown_credential_configuration',
    'unknown_credential_identifier',
    'invalid_proof',
    'invalid_nonce',
    'invalid_encryption_parameters',
    'credential_request_denied',
  ],
});

export const notifyIssuer = endpoint({
  id: 'notifyIssuer',
  tag: TAG,
  method: 'post',
  path: '/oid4vci/notification',
  summary: 'Say what became of the copies',
  caller: { holder: 'offer' },
  cors: true,
  errors: 'oauth',
  body: {
    schema: z.object({
      notification_id: z.string().max(100),
      event: z.enum(NOTIFICATIONS),
      event_description: z.string().max(1_000).optional(),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
  },
  replies: { 204: { description: 'Noted.' } },
  faults: ['invalid_token', 'invalid_notification_id'],
});

export const getIssuerMetadata = endpoint({
  id: 'getIssuerMetadata',
  tag: TAG,
  method: 'get',
  path: '/.well-known/openid-credential-issuer',
  summary: "The credential issuer's metadata",
  caller: { public: true },
  cors: true,
  replies: { 200: metadataReply },
});

export const getAuthorizationServerMetadata = endpoint({
  id: 'getAuthorizationServerMetadata',
  tag: TAG,
  method: 'get',
  path: '/.well-known/oauth-authorization-server',
  summary: "The authorization server's metadata",
  caller: { public: true },
  cors: true,
  replies: { 200: metadataReply },
});

export const getTypeMetadata = endpoint({
  id: 'getTypeMetadata',
  tag: TAG,
  method: 'get',
  path: '/credentials/{type}',
  summary: "A credential type's metadata, at the address that is its vct",
  caller: { public: true },
  cors: true,
  params: z.object({ type: z.string().max(32) }),
  replies: { 200: metadataReply },
  faults: ['not_found'],
});
