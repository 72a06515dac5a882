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
  originField,
  pageQuery,
} from '../http/fields.ts';

const MOST_CLAIMS = 100;
const MOST_ORIGINS = 20;

const asked = z.strictObject({
  name: nameField(100).describe('As shoppers know it: their wallets show it.'),
  permitted_claims: z
    .array(claimField)
    .max(MOST_CLAIMS)
    .describe('What the retailer may ask for. Anything else is refused as `claim_not_permitted`.'),
  embedding_origins: z
    .array(originField())
    .max(MOST_ORIGINS)
    .optional()
    .describe('Where its web tills are: pages of these origins, and no others, may frame the terminal.'),
});

const retailer = z
  .object({
    id: idField('retailer'),
    object: z.literal('retailer'),
    name: z.string(),
    permitted_claims: z.array(claimField),
    embedding_origins: z.array(originField()),
    created_at: instantField,
  })
  .meta({ id: 'Retailer', description: 'A business that asks at its tills.' });

const store = z
  .object({
    id: idField('store'),
    object: z.literal('store'),
    retailer_id: idField('retailer'),
    name: z.string(),
    created_at: instantField,
  })
  .meta({ id: 'Store', description: "A place of a retailer's where terminals stand." });

const retailerReply = { description: 'The retailer.', schema: retailer };

export const registerRetailer = endpoint({
  id: 'registerRetailer',
  tag: 'Retailers',
  method: 'post',
  path: '/v1/retailers',
  summary: 'Register a retailer',
  caller: { officer: 'retailers:write' },
  body: {
    schema: asked,
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { name: 'Corner Shop Ltd', permitted_claims: ['age_over_18', 'status_student'] },
  },
  replies: { 201: retailerReply },
});

export const listRetailers = endpoint({
  id: 'listRetailers',
  tag: 'Retailers',
  method: 'get',
  path: '/v1/retailers',
  summary: 'List retailers, the newest first',
  caller: { officer: 'retailers:read' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(retailer) } },
});

export const getRetailer = endpoint({
  id: 'getRetailer',
  tag: 'Retailers',
  method: 'get',
  path: '/v1/retailers/{id}',
  summary: 'Read one retailer',
  caller: { officer: 'retailers:read' },
  params: idParams('retailer'),
  replies: { 200: retailerReply },
  faults: ['not_found'],
});

export const changeRetailer = endpoint({
  id: 'changeRetailer',
  tag: 'Retailers',
  method: 'patch',
  path: '/v1/retailers/{id}',
  summary: "Change a retailer's name, what it may ask for, or where its web tills are",
  description:
    'Fields left out stay as they are. A list that is there replaces the one before. It takes effect on the next question, and on the next page that is loaded.',
  caller: { officer: 'retailers:write' },
  params: idParams('retailer'),
  body: {
    schema: asked.partial(),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { embedding_origins: ['https://till.cornershop.example'] },
  },
  replies: { 200: retailerReply },
  faults: ['not_found'],
});

export const addStore = endpoint({
  id: 'addStore',
  tag: 'Retailers',
  method: 'post',
  path: '/v1/retailers/{id}/stores',
  summary: 'Add a store to a retailer',
  caller: { officer: 'retailers:write' },
  params: idParams('retailer'),
  body: {
    schema: z.strictObject({ name: nameField(100) }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { name: 'High Street' },
  },
  replies: { 201: { description: 'The store.', schema: store } },
  faults: ['not_found'],
});

export const listStores = endpoint({
  id: 'listStores',
  tag: 'Retailers',
  method: 'get',
  path: '/v1/retailers/{id}/stores',
  summary: 'List the stores of a retailer, the newest first',
  caller: { officer: 'retailers:read' },
  params: idParams('retailer'),
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(store) } },
  faults: ['not_found'],
});
