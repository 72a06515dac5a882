import type { AuditStore } from '../../audit/store.ts';
import type { Caller, OfficerSession } from '../../http/caller.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { SessionStore, Whose } from './store.ts';

/** Somebody who signed in. */
export type SignedInCaller = Extract<Caller, { kind: 'holder' | 'officer' }>;

/** Whose sessions a caller may see and end. */
export function whoseOf(caller: SignedInCaller): Whose {
  if (caller.kind === 'holder') return { person: caller.person };
  if (caller.session === null) throw new Error('an admin key has no sessions');
  return { officer: caller.session.officer };
}

/** The caller's own session. */
export function sessionOf(caller: SignedInCaller): Id<'session'> {
  const id = caller.kind === 'holder' ? caller.session : caller.session?.id;
  if (!id) throw new Error('a key or an access token is no session');
  return id;
}

/** Ends a session of the caller's: at once, and for good. `not_found` if the caller has no such session. */
export async function endSession(
  transact: Transact<{ sessions: Pick<SessionStore, 'end'>; audit: AuditStore }>,
  caller: SignedInCaller,
  id: Id<'session'>,
): Promise<void> {
  const whose = whoseOf(caller);
  await transact(async ({ sessions, audit }) => {
    if (!(await sessions.end(id, whose))) throw new Fault('not_found', 'You have no such session.');
    if ('person' in whose) return;
    await audit.record({ action: 'officer.signed_out', actor: whose.officer, subject: whose.officer });
  });
}

/** Ends the session that a browser had when it began another: its cookie is overwritten, so nobody holds it any more. */
export async function endReplaced(
  { sessions }: { readonly sessions: Pick<SessionStore, 'end'> },
  had: OfficerSession | null,
): Promise<void> {
  if (had !== null) await sessions.end(had.id, { officer: had.officer });
}
