import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import type { PassKeyStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ passKeys: PassKeyStore; audit: AuditStore }>;
  readonly now: Clock;
}

/**
 * Withdraws a key that somebody else may have: what it signed is good no more, it signs nothing, and its private part is
 * gone. It stays listed, and nothing takes its place: its claim has no passes in that window. `not_found` if there is
 * no such key or it was withdrawn before.
 */
export async function withdrawPassKey({ transact, now }: Needs, keyId: string, actor: Actor): Promise<void> {
  await transact(async ({ passKeys, audit }) => {
    const withdrawn = await passKeys.withdraw(keyId, now());

    if (!withdrawn) throw new Fault('not_found', 'There is no such key, or it was withdrawn before.');

    await audit.record({ action: 'pass_key.withdrawn', actor, subject: `pass_key:${keyId}` });
  });
}
