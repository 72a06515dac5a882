import type { AuditStore } from '../../audit/store.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { OfficerStore } from '../../officers/store.ts';
import { removeButLast } from '../remove-passkey.ts';
import type { PasskeyStore } from '../store.ts';

interface Stores {
  readonly passkeys: PasskeyStore;
  readonly officers: Pick<OfficerStore, 'hold'>;
  readonly audit: AuditStore;
}

/**
 * Removes one of an officer's own passkeys, and the sessions that began with it. `not_found` if the officer has no such
 * passkey; `conflict` for the last one, also of several callers at once.
 */
export async function removeOfficerPasskey(
  transact: Transact<Stores>,
  officer: Id<'officer'>,
  id: Id<'passkey'>,
): Promise<void> {
  await transact(async ({ passkeys, officers, audit }) => {
    await officers.hold();
    await removeButLast(passkeys, { kind: 'officer', officer }, id);
    await audit.record({ action: 'passkey.removed', actor: officer, subject: officer });
  });
}
