import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import { leavesAnOwner, type Officer } from './officer.ts';
import type { OfficerStore } from './store.ts';

type Staff = Transact<{ officers: Pick<OfficerStore, 'hold' | 'change' | 'remove'>; audit: AuditStore }>;

/**
 * Changes an officer's name or role; sessions that go on have the new role at once. `conflict` where nobody would be
 * an owner any more, also of several callers at once.
 */
export async function changeOfficer(
  transact: Staff,
  id: Id<'officer'>,
  change: Partial<Pick<Officer, 'name' | 'role'>>,
  actor: Actor,
): Promise<Officer> {
  return transact(async ({ officers, audit }) => {
    const staff = await officers.hold();
    const before = oneOf(staff, id);

    const after = { ...before, ...change };
    if (!leavesAnOwner(staff, id, after)) throw lastOwner();

    await officers.change(after);
    await audit.record({ action: 'officer.changed', actor, subject: id, code: after.role });
    return after;
  });
}

/** Takes somebody off the staff. Passkeys, sessions and recovery codes end with it. Refuses as `changeOfficer` does. */
export async function removeOfficer(transact: Staff, id: Id<'officer'>, actor: Actor): Promise<void> {
  await transact(async ({ officers, audit }) => {
    const staff = await officers.hold();
    oneOf(staff, id);

    if (!leavesAnOwner(staff, id, null)) throw lastOwner();

    await officers.remove(id);
    await audit.record({ action: 'officer.removed', actor, subject: id });
  });
}

function oneOf(staff: readonly Officer[], id: Id<'officer'>): Officer {
  const found = staff.find((one) => one.id === id);
  if (found === undefined) throw new Fault('not_found', 'There is no such officer.');
  return found;
}

function lastOwner(): Fault {
  return new Fault('conflict', 'This is the last owner: make somebody else an owner first.');
}
