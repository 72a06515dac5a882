import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { BODY_LIMIT, claimField, listOf, nameField, PRESENTATION_LIMIT } from '../../http/fields.ts';
import {
  discountCodeField,
  legalBasisField,
  offlineField,
  otherProofField,
  packSchema,
  policyId,
  presenterField,
} from './pack.ts';

const policy = z
  .object({
    id: policyId,
    object: z.literal('policy'),
    title: z.string(),
    claims: z.array(claimField),
    presenter: presenterField,
    offline: offlineField,
    other_proof: otherProofField,
    legal_basis: z.string(),
    discount_code: discountCodeField.optional(),
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
      presenter: presenterField,
      offline: offlineField,
      other_proof: otherProofField.default('allow'),
      legal_basis: legalBasisField,
      discount_code: discountCodeField.optional(),
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

const replaced = {
  description: 'What became of it.',
  schema: z.object({
    id: packSchema.shape.id,
    object: z.literal('policy_pack'),
    policies: z.array(policyId).describe('All that the pack has, those that it inherits included.'),
    changed: z.array(policyId).describe('Those that are new or differ from before.'),
  }),
};

export const listPolicyPacks = endpoint({
  id: 'listPolicyPacks',
  tag: 'Policies',
  method: 'get',
  path: '/v1/policy-packs',
  summary: 'List the packs that come with the program',
  caller: { officer: 'policies:read' },
  replies: {
    200: {
      description: 'All of them, by their ids.',
      schema: listOf(
        packSchema
          .pick({ id: true, title: true, jurisdiction: true, version: true, note: true })
          .extend({ object: z.literal('shipped_policy_pack'), policies: z.array(policyId) })
          .meta({ id: 'ShippedPolicyPack' }),
      ),
    },
  },
});

export const loadPolicyPack = endpoint({
  id: 'loadPolicyPack',
  tag: 'Policies',
  method: 'post',
  path: '/v1/policy-packs/{id}/loads',
  summary: 'Write the policies of a pack that comes with the program',
  description: 'As `PUT /v1/policy-packs/{id}` does: what officers wrote under the same ids is replaced.',
  caller: { officer: 'policies:write' },
  params: z.object({ id: packSchema.shape.id }),
  replies: { 200: replaced },
  faults: ['not_found'],
});

export const setPolicyPack = endpoint({
  id: 'setPolicyPack',
  tag: 'Policies',
  method: 'put',
  path: '/v1/policy-packs/{id}',
  summary: 'Write the policies of a pack',
  description:
    'Writes all policies of the pack, or none, over those with the same ids; the others stay. ' +
    'They hold from the next question on. The body is a pack file (packs/schema.json), whole.',
  caller: { officer: 'policies:write' },
  params: z.object({ id: packSchema.shape.id }),
  body: {
    schema: packSchema,
    media: 'application/json',
    limit: PRESENTATION_LIMIT,
    example: {
      id: 'gb',
      title: 'Great Britain',
      jurisdiction: 'GB',
      version: '2026-11-22',
      note: 'Not legal advice.',
      policies: [
        {
          id: 'alcohol',
          title: 'Alcohol',
          claims: ['age_over_18'],
          presenter: 'none',
          offline: 'allow',
          legal_basis: 'Licensing Act 2003, s. 146',
        },
      ],
    },
  },
  replies: { 200: replaced },
});
