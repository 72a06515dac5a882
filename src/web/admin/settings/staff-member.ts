import type { listOfficers } from '../../../officers/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';

/** Somebody on the staff, as the service answers them. */
export type StaffMember = Answered<typeof listOfficers>['body']['data'][number];

export const ROLES = ['owner', 'issuer', 'auditor'] as const satisfies readonly StaffMember['role'][];
