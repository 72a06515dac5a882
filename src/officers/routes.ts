import type { Actor } from '../audit/event.ts';
import type { Page, PageAsked } from '../db/page.ts';
import type { Callers } from '../http/caller.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Id } from '../kernel/ids.ts';
import * as contract from './endpoints.ts';
import type { Invited } from './invite-officer.ts';
import type { Invitation, Officer, StaffMember } from './officer.ts';

type Who = Pick<Officer, 'name' | 'role'>;

/** The use cases of the staff, with what they need already given. */
export interface StaffVerbs {
  list(asked: PageAsked): Promise<Page<StaffMember>>;
  invitations(): Promise<readonly Invitation[]>;
  invite(who: Who, actor: Actor): Promise<Invited>;
  withdraw(id: Id<'officer'>, actor: Actor): Promise<void>;
  change(id: Id<'officer'>, change: Partial<Who>, actor: Actor): Promise<Officer>;
  remove(id: Id<'officer'>, actor: Actor): Promise<void>;
  codesLeft(officer: Id<'officer'>): Promise<number>;
  makeCodes(officer: Id<'officer'>): Promise<readonly string[]>;
}

export function staffRoutes(web: Web, staff: StaffVerbs): void {
  serve(web, contract.listOfficers, async ({ query }) =>
    reply(200, listBody(await staff.list(pageAsked(query)), shownMember)),
  );

  serve(web, contract.listInvitations, async () => {
    const data = (await staff.invitations()).map(shownInvitation);
    return reply(200, { object: 'list' as const, data, has_more: false, next_cursor: null });
  });

  serve(web, contract.inviteOfficer, async ({ body, caller }) => {
    const { invitation, link } = await staff.invite(body, caller.actor);
    return reply(201, { ...shownInvitation(invitation), setup_url: link });
  });

  serve(web, contract.withdrawInvitation, async ({ params, caller }) => {
    await staff.withdraw(params.id, caller.actor);
    return reply(204, undefined);
  });

  serve(web, contract.changeOfficer, async ({ params, body, caller }) => {
    const change: Partial<Who> = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.role !== undefined && { role: body.role }),
    };
    return reply(200, shown(await staff.change(params.id, change, caller.actor)));
  });

  serve(web, contract.removeOfficer, async ({ params, caller }) => {
    await staff.remove(params.id, caller.actor);
    return reply(204, undefined);
  });

  serve(web, contract.countRecoveryCodes, async ({ caller }) =>
    reply(200, { object: 'recovery_codes_left' as const, left: await staff.codesLeft(ownId(caller)) }),
  );

  serve(web, contract.makeRecoveryCodes, async ({ caller }) => {
    const codes = [...(await staff.makeCodes(ownId(caller)))];
    return reply(201, { object: 'recovery_codes' as const, codes });
  });
}

function ownId({ session }: Callers['officer']): Id<'officer'> {
  if (session === null) throw new Error('an admin key is nobody on the staff');
  return session.officer;
}

function shown({ id, name, role }: Officer) {
  return { id, object: 'officer' as const, name, role };
}

function shownMember(member: StaffMember) {
  return {
    ...shown(member),
    created_at: member.createdAt.toISOString(),
    last_signed_in_at: member.lastSignedInAt?.toISOString() ?? null,
  };
}

function shownInvitation({ officer: { id, name, role }, expiresAt }: Invitation) {
  return { id, object: 'officer_invitation' as const, name, role, expires_at: expiresAt.toISOString() };
}
