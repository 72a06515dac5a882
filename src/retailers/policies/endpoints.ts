import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { BODY_LIMIT, claimField, listOf, nameField } from '../../http/fields.ts';

const policyId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/)
  .meta({ example: 'alcohol' });

const presenter = z
  .enum(['none', 'portrait'])
  .describe('Whether the cashier compares a portrait with the person who shows.');
const offline = z.enum(['allow', 'refuse']).describe('Whether an approval without a network is allowed.');
const otherProof = z
  .enum(['allow', 'refuse'])
  .describe('Whether another proof, such as a passport, may stand in after a refusal.');

const policy = z
  .object({
    id: policyId,
    object: z.literal('policy'),
    title: z.string(),
    claims: z.array(claimField),
    presenter,
    offline,
    other_proof: otherProof,
    legal_basis: z.string(),
  })
  .meta({ id: 'Policy', description: 'A named rule at the till.' });

export const listPolicies = endpoint({
  id: 'listPolicies',
  tag: 'Policies',
  method: 'get',
  path: '/v1/policies',
  summary: 'List the policies by their ids',
  description: 'All of them at once. The legal bases name rules and are no legal advice.',
  caller: { officer: 'policies:read', terminal: true },
  replies: { 200: { description: 'All policies.', schema: listOf(policy) } },
});

export const setPolicy = endpoint({
  id: 'setPolicy',
  tag: 'Policies',
  method: 'put',
  path: '/v1/policies/{id}',
  summary: 'Write a policy',
  description:
    'Replaces the policy with this id, or makes it. It holds from the next question on; tills that are offline learn of it with their next trust bundle.',
  caller: { officer: 'policies:write' },
  params: z.object({ id: policyId }),
  body: {
    schema: z.strictObject({
      title: nameField(100),
      claims: z.array(claimField).min(1).max(20).describe('What is asked. `portrait` is not among them.'),
      presenter,
      offline,
      other_proof: otherProof.default('allow'),
      legal_basis: nameField(200),
    }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: {
      title: 'Alcohol',
      claims: ['age_over_18'],
      presenter: 'none',
      offline: 'allow',
      legal_basis: 'Licensing Act 2003, s. 146',
    },
  },
  replies: { 200: { description: 'The policy.', schema: policy } },
});
