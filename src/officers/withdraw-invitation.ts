import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { OfficerStore } from './store.ts';

/** Withdraws a set-up link that nobody has used. `not_found` if it was used, or is over. */
export async function withdrawInvitation(
  transact: Transact<{ officers: Pick<OfficerStore, 'withdraw'>; audit: AuditStore }>,
  id: Id<'officer'>,
  actor: Actor,
): Promise<void> {
  await transact(async ({ officers, audit }) => {
    if (!(await officers.withdraw(id))) throw new Fault('not_found', 'There is no such invitation.');
    await audit.record({ action: 'officer.uninvited', actor, subject: id });
  });
}
