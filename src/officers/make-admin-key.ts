import type { AuditStore } from '../audit/store.ts';
import type { Scope } from '../http/caller.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { makeApiKey } from '../keys/api-key.ts';
import { hash } from '../keys/hash.ts';
import type { AdminKey } from './admin-key.ts';
import type { AdminKeyStore } from './store.ts';

interface Making {
  readonly transact: Transact<{ adminKeys: AdminKeyStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
}

/** Makes a key and answers it, this once. */
export async function makeAdminKey(
  { transact, world, mint }: Making,
  scopes: readonly Scope[],
  expiresAt: Date | null,
): Promise<string> {
  const secret = makeApiKey('admin', world.random);
  const key: AdminKey = {
    id: mint('admin_key'),
    scopes,
    createdAt: world.now(),
    expiresAt,
    lastUsedAt: null,
  };
  await transact(async ({ adminKeys, audit }) => {
    await adminKeys.add(key, hash(secret));
    await audit.record({ action: 'admin_key.made', actor: 'system', subject: key.id });
  });
  return secret;
}
