import { SCOPES, type Scope } from '../http/caller.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';

/** What each role may do. An issuer looks after people and shops; an auditor reads, and nothing about people. */
export const SCOPES_OF = {
  owner: SCOPES,
  issuer: [
    'people:read',
    'people:write',
    'retailers:read',
    'retailers:write',
    'policies:read',
    'statistics:read',
    'reports:read',
  ],
  auditor: ['retailers:read', 'policies:read', 'keys:read', 'audit:read', 'statistics:read', 'reports:read'],
} as const satisfies Record<string, readonly Scope[]>;

export type Role = keyof typeof SCOPES_OF;

export const ROLES = Object.keys(SCOPES_OF) as readonly Role[];

/** Somebody on the staff of the service. */
export interface Officer {
  readonly id: Id<'officer'>;
  readonly name: string;
  readonly role: Role;
}

/** Somebody on the staff, and when they were here. */
export interface StaffMember extends Officer {
  readonly createdAt: Date;
  /** When one of their passkeys last signed in; null if none did since they were set up. */
  readonly lastSignedInAt: Date | null;
}

/** Whether somebody would be left to look after the staff, once this officer is another, or gone. */
export function leavesAnOwner(
  staff: readonly Officer[],
  id: Id<'officer'>,
  becomes: Pick<Officer, 'role'> | null,
): boolean {
  return becomes?.role === 'owner' || staff.some((one) => one.id !== id && one.role === 'owner');
}

/** Somebody who was invited and becomes an officer with their first passkey. */
export interface Invitation {
  readonly officer: Officer;
  readonly expiresAt: Date;
}

const INVITATION_HOURS = 24;

/** An invitation that begins now. */
export function newInvitation(
  { world, mint }: { readonly world: World; readonly mint: Mint },
  who: Pick<Officer, 'name' | 'role'>,
): Invitation {
  const expiresAt = new Date(world.now().getTime() + INVITATION_HOURS * 3_600_000);
  return { officer: { id: mint('officer'), ...who }, expiresAt };
}
