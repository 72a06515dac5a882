import { fromInstant, fromList, fromNullableInstant, toInstant, toList } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../http/caller.ts';
import type { Id } from '../kernel/ids.ts';
import type { AdminKey } from './admin-key.ts';

interface Row {
  readonly id: Id<'admin_key'>;
  readonly scopes: string;
  readonly created_at: number | string;
  readonly expires_at: number | string | null;
  readonly last_used_at: number | string | null;
}

export interface AdminKeyStore {
  add(key: AdminKey, hash: string): Promise<void>;
  byHash(hash: string): Promise<AdminKey | null>;
  used(id: Id<'admin_key'>, at: Date): Promise<void>;
}

export function adminKeyStore(db: Db): AdminKeyStore {
  return {
    async add(key, hash) {
      await db('admin_keys').insert({
        id: key.id,
        hash,
        scopes: toList(key.scopes),
        created_at: toInstant(key.createdAt),
        expires_at: key.expiresAt && toInstant(key.expiresAt),
      });
    },

    async byHash(hash) {
      const row: Row | undefined = await db('admin_keys').where({ hash }).first();
      return row === undefined ? null : fromRow(row);
    },

    async used(id, at) {
      await db('admin_keys')
        .where({ id })
        .update({ last_used_at: toInstant(at) });
    },
  };
}

function fromRow(row: Row): AdminKey {
  return {
    id: row.id,
    scopes: fromList<Scope>(row.scopes),
    createdAt: fromInstant(row.created_at),
    expiresAt: fromNullableInstant(row.expires_at),
    lastUsedAt: fromNullableInstant(row.last_used_at),
  };
}
