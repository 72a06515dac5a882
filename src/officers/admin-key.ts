import type { Scope } from '../http/caller.ts';
import type { Id } from '../kernel/ids.ts';

/** An officer's key for automation, as it is kept: the key itself is known to its owner only. */
export interface AdminKey {
  readonly id: Id<'admin_key'>;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}
