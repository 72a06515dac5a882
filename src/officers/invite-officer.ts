import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import { type Invitation, newInvitation, type Officer } from './officer.ts';
import type { OfficerStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ officers: OfficerStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
  readonly issuerUrl: string;
}

/** An invitation with its set-up link. */
export interface Invited {
  readonly invitation: Invitation;
  readonly link: string;
}

/**
 * Invites somebody to the staff. Answers the set-up link, this once: it works once and for 24 hours, and whoever
 * opens it first is the officer.
 */
export async function inviteOfficer(
  needs: Needs,
  who: Pick<Officer, 'name' | 'role'>,
  actor: Actor,
): Promise<Invited> {
  const token = base64url(needs.world.random(32));
  const invitation = newInvitation(needs, who);

  await needs.transact(async ({ officers, audit }) => {
    await officers.invite(invitation, hash(token));
    await audit.record({
      action: 'officer.invited',
      actor,
      subject: invitation.officer.id,
      code: who.role,
    });
  });
  // Behind the #, so that it reaches no server's log.
  return { invitation, link: `${needs.issuerUrl}/admin#setup=${token}` };
}
