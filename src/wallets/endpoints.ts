import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idField, idParams, instantField, listOf, pageQuery } from '../http/fields.ts';

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
  caller: { officer: 'people:read' },
  query: pageQuery.extend({ person_id: idField('person').optional() }),
  replies: { 200: { description: 'A part of the list.', schema: listOf(wallet) } },
});

export const lockWallet = endpoint({
  id: 'lockWallet',
  tag: 'Wallets',
  method: 'post',
  path: '/v1/wallets/{id}/lock',
  summary: 'Lock a wallet for good',
  description: 'Its copies become invalid and its tokens stop. Other wallets of the person go on.',
  caller: { officer: 'people:write' },
  params: idParams('wallet'),
  replies: { 200: { description: 'The locked wallet.', schema: wallet } },
  faults: ['not_found'],
});
