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
