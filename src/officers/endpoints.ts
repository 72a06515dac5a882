import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { BODY_LIMIT, idField, idParams, instantField, listOf, nameField, pageQuery } from '../http/fields.ts';

const TAG = 'Staff';
const roleField = z
  .enum(['owner', 'issuer', 'auditor'])
  .describe(
    'An owner may do everything; an issuer looks after people and shops; an auditor reads, and nothing about people.',
  );
const staffNameField = nameField(100).describe('As the others on the staff know them.');

const officer = z
  .object({
    id: idField('officer'),
    object: z.literal('officer'),
    name: z.string(),
    role: roleField,
  })
  .meta({ id: 'Officer', description: 'Somebody on the staff of the service.' });

const staffMember = officer
  .extend({ created_at: instantField, last_signed_in_at: instantField.nullable() })
  .meta({ id: 'StaffMember' });

const invitation = z
  .object({
    id: idField('officer').describe('The id that the officer will have.'),
    object: z.literal('officer_invitation'),
    name: z.string(),
    role: roleField,
    expires_at: instantField,
  })
  .meta({ id: 'OfficerInvitation', description: 'A set-up link that nobody has used yet.' });

export const listOfficers = endpoint({
  id: 'listOfficers',
  tag: TAG,
  method: 'get',
  path: '/v1/officers',
  summary: 'List the staff, the newest first',
  caller: { officer: 'staff:read' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the list.', schema: listOf(staffMember) } },
});

export const listInvitations = endpoint({
  id: 'listOfficerInvitations',
  tag: TAG,
  method: 'get',
  path: '/v1/officers/invitations',
  summary: 'List the set-up links that still work',
  description: 'The links themselves are not told again.',
  caller: { officer: 'staff:read' },
  replies: { 200: { description: 'All of them, a hundred at most.', schema: listOf(invitation) } },
});

export const inviteOfficer = endpoint({
  id: 'inviteOfficer',
  tag: TAG,
  method: 'post',
  path: '/v1/officers/invitations',
  summary: 'Invite somebody to the staff',
  description: 'The set-up link works once and for 24 hours. Whoever opens it first is the officer.',
  caller: { officer: 'staff:write' },
  recent: true,
  body: {
    schema: z.strictObject({ name: staffNameField, role: roleField }),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { name: 'Olive Keys', role: 'issuer' },
  },
  replies: {
    201: {
      description: 'The invitation.',
      schema: invitation
        .extend({ setup_url: z.string().describe('Shown this once; only a hash of it is kept.') })
        .meta({ id: 'NewOfficerInvitation' }),
    },
  },
});

export const withdrawInvitation = endpoint({
  id: 'withdrawOfficerInvitation',
  tag: TAG,
  method: 'delete',
  path: '/v1/officers/invitations/{id}',
  summary: 'Withdraw a set-up link',
  caller: { officer: 'staff:write' },
  recent: true,
  params: idParams('officer'),
  replies: { 204: { description: 'Withdrawn.' } },
  faults: ['not_found'],
});

export const changeOfficer = endpoint({
  id: 'changeOfficer',
  tag: TAG,
  method: 'patch',
  path: '/v1/officers/{id}',
  summary: "Change an officer's name or role",
  description: 'Sessions that go on have the new role at once. The last owner stays one: `conflict`.',
  caller: { officer: 'staff:write' },
  recent: true,
  params: idParams('officer'),
  body: {
    schema: z.strictObject({ name: staffNameField, role: roleField }).partial(),
    media: 'application/json',
    limit: BODY_LIMIT,
    example: { role: 'auditor' },
  },
  replies: { 200: { description: 'The officer.', schema: officer } },
  faults: ['not_found', 'conflict'],
});

export const removeOfficer = endpoint({
  id: 'removeOfficer',
  tag: TAG,
  method: 'delete',
  path: '/v1/officers/{id}',
  summary: 'Take somebody off the staff',
  description: 'Passkeys, sessions and recovery codes end at once. The last owner stays: `conflict`.',
  caller: { officer: 'staff:write' },
  recent: true,
  params: idParams('officer'),
  replies: { 204: { description: 'Removed.' } },
  faults: ['not_found', 'conflict'],
});

export const countRecoveryCodes = endpoint({
  id: 'countRecoveryCodes',
  tag: TAG,
  method: 'get',
  path: '/v1/officer-recovery-codes',
  summary: 'Learn how many recovery codes one has left',
  caller: { officer: 'own' },
  replies: {
    200: {
      description: 'How many.',
      schema: z.object({ object: z.literal('recovery_codes_left'), left: z.int().min(0) }),
    },
  },
});

export const makeRecoveryCodes = endpoint({
  id: 'makeRecoveryCodes',
  tag: TAG,
  method: 'post',
  path: '/v1/officer-recovery-codes',
  summary: 'Make ten recovery codes',
  description:
    'Each lets the officer register one new passkey where all others are lost. Those that there were stop working.',
  caller: { officer: 'own' },
  recent: true,
  replies: {
    201: {
      description: 'The codes.',
      schema: z
        .object({
          object: z.literal('recovery_codes'),
          codes: z.array(z.string()).describe('Shown this once; only keyed hashes are kept.'),
        })
        .meta({ id: 'RecoveryCodes' }),
    },
  },
});
