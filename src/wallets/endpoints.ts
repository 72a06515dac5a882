import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, idField, idParams, instantField, listOf, pageQuery } from '../http/fields.ts';

const wallet = z
  .object({
    id: idField('wallet'),
    object: z.literal('wallet'),
    person_id: idField('person'),
    state: z.enum(['active', 'locked']),
    created_at: instantField,
    locked_at: instantField.nullable(),
  })
  .meta({ id: 'Wallet', description: 'One enrolled device of a person.' });

export const listWallets = endpoint({
  id: 'listWallets',
  tag: 'Wallets',
  method: 'get',
  path: '/v1/wallets',
  summary: 'List wallets, the newest first',
  description: 'A holder gets the wallets of one person: their own.',
  caller: { holder: 'session', officer: 'people:read' },
  query: pageQuery.extend({ person_id: idField('person').optional() }),
  replies: { 200: { description: 'A part of the list.', schema: listOf(wallet) } },
});

export const lockWallet = endpoint({
  id: 'lockWallet',
  tag: 'Wallets',
  method: 'post',
  path: '/v1/wallets/{id}/lock',
  summary: 'Lock a wallet for good',
  description:
    'Its copies become invalid; its passkeys, sessions and offers are gone. Other wallets of the person go on. ' +
    'A holder locks any wallet of their own, from whichever phone they can sign in on.',
  caller: { holder: 'fresh', officer: 'people:write' },
  params: idParams('wallet'),
  replies: { 200: { description: 'The locked wallet.', schema: wallet } },
  faults: ['not_found'],
});

export const lockByCode = endpoint({
  id: 'lockByCode',
  tag: 'Wallets',
  method: 'post',
  path: '/v1/wallets/lock',
  summary: 'Lock a wallet by its lock code alone',
  description:
    'For whoever has lost the phone and cannot sign in elsewhere. It is for good, and the same code again changes ' +
    'nothing. Tries are limited for all callers together; a code of no wallet is `invalid_request` at `/lock_code`.',
  caller: { public: true },
  body: {
    schema: z.strictObject({
      lock_code: z.string().max(64).describe('In any case; spaces and dashes do not matter.'),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { lock_code: '7K3M-9QXA-2B4C' },
  },
  replies: { 200: { description: 'The wallet is locked.', schema: z.object({ locked: z.literal(true) }) } },
});
