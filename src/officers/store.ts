import { fromInstant, fromList, fromNullableInstant, toInstant, toList } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { holdTable } from '../db/hold.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import type { Scope } from '../http/caller.ts';
import type { Id } from '../kernel/ids.ts';
import type { AdminKey } from './admin-key.ts';
import type { Invitation, Officer, Role, StaffMember } from './officer.ts';

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
  /** The whole staff, and nobody else changes it until the transaction ends. */
  hold(): Promise<readonly Officer[]>;
  page(asked: PageAsked): Promise<Page<StaffMember>>;
  change(officer: Officer): Promise<void>;
  /** Deletes an officer, and by cascade passkeys, sessions and recovery codes. */
  remove(id: Id<'officer'>): Promise<void>;
  invite(invitation: Invitation, hash: string): Promise<void>;
  /** Invitations that still work, those that end last first, a hundred at most. */
  invitations(now: Date): Promise<readonly Invitation[]>;
  /** Withdraws the invitation of whoever would be this officer; false if there is none. */
  withdraw(id: Id<'officer'>): Promise<boolean>;
  /** The invitation behind a set-up link that still works. */
  invitation(hash: string, now: Date): Promise<Invitation | null>;
  /** Uses an invitation up; of several callers at once one gets it, the others null. */
  takeInvitation(hash: string, now: Date): Promise<Invitation | null>;
  /** Deletes invitations that are over, at most so many; answers how many those were. */
  purgeInvitations(now: Date, most?: number): Promise<number>;
}

const MOST_INVITATIONS = 100;

export function officerStore(db: Db): OfficerStore {
  return { ...staffIn(db), ...invitationsIn(db) };
}

type Staff = Pick<OfficerStore, 'add' | 'find' | 'hold' | 'page' | 'change' | 'remove'>;

function staffIn(db: Db): Staff {
  return {
    async add({ id, name, role }, at) {
      await db('officers').insert({ id, name, role, created_at: toInstant(at) });
    },

    async find(id) {
      return (await db('officers').where({ id }).first('id', 'name', 'role')) ?? null;
    },

    async hold() {
      await holdTable(db, 'officers');
      return db('officers').select('id', 'name', 'role').orderBy('id');
    },

    async page(asked) {
      const last = db('passkeys').where('officer_id', db.ref('officers.id')).max('last_used_at');
      const query = db('officers').select('officers.*', last.as('last_signed_in_at'));
      const { rows, hasMore } = await readPage<StaffRow>(query, asked);
      return { rows: rows.map(fromStaffRow), hasMore };
    },

    async change({ id, name, role }) {
      await db('officers').where({ id }).update({ name, role });
    },

    async remove(id) {
      await db('officers').where({ id }).delete();
    },
  };
}

function invitationsIn(db: Db): Omit<OfficerStore, keyof Staff> {
  const going = (now: Date) => db('officer_invitations').where('expires_at', '>', toInstant(now));
  const invitation = async (hash: string, now: Date): Promise<Invitation | null> => {
    const row: InvitationRow | undefined = await going(now).where({ hash }).first();
    return row === undefined ? null : fromInvitationRow(row);
  };
  return {
    async invite({ officer, expiresAt }, hash) {
      const { id, name, role } = officer;
      const expires_at = toInstant(expiresAt);
      await db('officer_invitations').insert({ hash, officer_id: id, name, role, expires_at });
    },

    async invitations(now) {
      const rows: InvitationRow[] = await going(now).orderBy('expires_at', 'desc').limit(MOST_INVITATIONS);
      return rows.map(fromInvitationRow);
    },

    withdraw: async (id) => (await db('officer_invitations').where({ officer_id: id }).delete()) > 0,

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

interface StaffRow extends Officer {
  readonly created_at: number | string;
  readonly last_signed_in_at: number | string | null;
}

function fromStaffRow({ id, name, role, created_at, last_signed_in_at }: StaffRow): StaffMember {
  const lastSignedInAt = fromNullableInstant(last_signed_in_at);
  return { id, name, role, createdAt: fromInstant(created_at), lastSignedInAt };
}

function fromInvitationRow({ officer_id: id, name, role, expires_at }: InvitationRow): Invitation {
  return { officer: { id, name, role }, expiresAt: fromInstant(expires_at) };
}

/** Recovery codes by their keyed hashes. */
export interface RecoveryCodeStore {
  /** Gives an officer these in place of all that there were. */
  replace(officer: Id<'officer'>, macs: readonly string[]): Promise<void>;
  left(officer: Id<'officer'>): Promise<number>;
  /** Whose the code is. */
  owner(mac: string): Promise<Officer | null>;
  /** Uses a code up; of several callers at once one gets true. */
  take(mac: string, officer: Id<'officer'>): Promise<boolean>;
}

export function recoveryCodeStore(db: Db): RecoveryCodeStore {
  const codes = () => db('officer_recovery_codes');
  return {
    async replace(officer, macs) {
      await codes().where({ officer_id: officer }).delete();
      await codes().insert(macs.map((mac) => ({ mac, officer_id: officer })));
    },

    async left(officer) {
      const row: { left?: number | string } | undefined = await codes()
        .where({ officer_id: officer })
        .count({ left: '*' })
        .first();
      return Number(row?.left ?? 0);
    },

    async owner(mac) {
      const id = codes().where({ mac }).select('officer_id');
      return (await db('officers').where('id', id).first('id', 'name', 'role')) ?? null;
    },

    take: async (mac, officer) => (await codes().where({ mac, officer_id: officer }).delete()) === 1,
  };
}
