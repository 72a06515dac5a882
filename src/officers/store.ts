import { fromInstant, fromList, fromNullableInstant, toInstant, toList } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import type { Scope } from '../http/caller.ts';
import type { Id } from '../kernel/ids.ts';
import type { AdminKey } from './admin-key.ts';
import type { Invitation, Officer, Role } from './officer.ts';

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

interface InvitationRow {
  readonly officer_id: Id<'officer'>;
  readonly name: string;
  readonly role: Role;
  readonly expires_at: number | string;
}

/** Those on the staff, and the set-up links that were made for them. */
export interface OfficerStore {
  add(officer: Officer, at: Date): Promise<void>;
  find(id: Id<'officer'>): Promise<Officer | null>;
  invite(invitation: Invitation, hash: string): Promise<void>;
  /** The invitation behind a set-up link that still works. */
  invitation(hash: string, now: Date): Promise<Invitation | null>;
  /** Uses an invitation up; of several callers at once one gets it, the others null. */
  takeInvitation(hash: string, now: Date): Promise<Invitation | null>;
  /** Deletes invitations that are over, at most so many; answers how many those were. */
  purgeInvitations(now: Date, most?: number): Promise<number>;
}

export function officerStore(db: Db): OfficerStore {
  const invitation = async (hash: string, now: Date): Promise<Invitation | null> => {
    const row: InvitationRow | undefined = await db('officer_invitations')
      .where({ hash })
      .where('expires_at', '>', toInstant(now))
      .first();
    if (row === undefined) return null;
    const { officer_id: id, name, role } = row;
    return { officer: { id, name, role }, expiresAt: fromInstant(row.expires_at) };
  };
  return {
    async add({ id, name, role }, at) {
      await db('officers').insert({ id, name, role, created_at: toInstant(at) });
    },

    async find(id) {
      return (await db('officers').where({ id }).first('id', 'name', 'role')) ?? null;
    },

    async invite({ officer, expiresAt }, hash) {
      const { id, name, role } = officer;
      const expires_at = toInstant(expiresAt);
      await db('officer_invitations').insert({ hash, officer_id: id, name, role, expires_at });
    },

    invitation,

    async takeInvitation(hash, now) {
      const found = await invitation(hash, now);
      if (found === null) return null;
      const taken = await db('officer_invitations').where({ hash }).delete();
      return taken === 1 ? found : null;
    },

    purgeInvitations: (now, most = BATCH) =>
      deleteSome(db, { table: 'officer_invitations', key: ['hash'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}
