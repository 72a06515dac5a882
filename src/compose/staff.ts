import { changeOfficer, removeOfficer } from '../officers/change-officer.ts';
import { inviteOfficer } from '../officers/invite-officer.ts';
import { makeRecoveryCodes } from '../officers/make-recovery-codes.ts';
import type { StaffVerbs } from '../officers/routes.ts';
import { withdrawInvitation } from '../officers/withdraw-invitation.ts';
import type { Ground } from './ground.ts';

export function bindStaff(ground: Ground): StaffVerbs {
  const { stores, transact, world } = ground;
  return {
    list: (asked) => stores.officers.page(asked),
    invitations: () => stores.officers.invitations(world.now()),
    invite: (who, actor) => inviteOfficer(ground, who, actor),
    withdraw: (id, actor) => withdrawInvitation(transact, id, actor),
    change: (id, change, actor) => changeOfficer(transact, id, change, actor),
    remove: (id, actor) => removeOfficer(transact, id, actor),
    codesLeft: (officer) => stores.recoveryCodes.left(officer),
    makeCodes: (officer) => makeRecoveryCodes(ground, officer),
  };
}
