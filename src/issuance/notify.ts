import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import { hash } from '../keys/hash.ts';
import type { TokenStore } from './store.ts';

export const NOTIFICATIONS = ['credential_accepted', 'credential_failure', 'credential_deleted'] as const;

/**
 * Takes a wallet's word on what became of its copies (OpenID4VCI 1.0 §11). Its description, if any, is not kept.
 * `invalid_notification_id` for an id that is not the wallet's.
 */
export async function notify(
  transact: Transact<{ tokens: Pick<TokenStore, 'hasNotification'>; audit: AuditStore }>,
  wallet: Id<'wallet'>,
  notificationId: string,
  event: (typeof NOTIFICATIONS)[number],
): Promise<void> {
  await transact(async ({ tokens, audit }) => {
    if (!(await tokens.hasNotification(hash(notificationId), wallet))) {
      throw new Fault('invalid_notification_id', 'There is no such notification.');
    }
    await audit.record({ action: 'credential.notified', actor: 'wallet', subject: wallet, code: event });
  });
}
