import { fromInstant, toInstant } from '../../db/columns.ts';
import type { Db } from '../../db/database.ts';
import { type Page, type PageAsked, readPage } from '../../db/page.ts';
import { BATCH, deleteSome } from '../../db/purge.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Officer, Role } from '../../officers/officer.ts';
import { type OwnerColumns, ownerColumns, someOwner } from '../owner-columns.ts';
import type { Session } from './session.ts';

interface SessionRow extends OwnerColumns {
  readonly id: Id<'session'>;
  readonly hash: string;
  readonly passkey_id: Id<'passkey'>;
  readonly verified_at: number | string;
  readonly used_at: number | string | null;
  readonly expires_at: number | string;
}

interface Finding {
  /** A holder's session that goes on, of an active wallet, with whose it is. */
  ofHolder(hash: string, now: Date): Promise<HolderSession | null>;
  /** An officer's session that goes on. */
  ofOfficer(hash: string, now: Date): Promise<OfficerSession | null>;
  /**
   * The sessions of a person's wallets, or of an officer, that go on, the newest first. One of an officer that nobody
   * has used for `idle` milliseconds does not.
   */
  page(whose: Whose, asked: PageAsked, at: { now: Date; idle: number }): Promise<Page<Session>>;
}

interface Keeping {
  add(session: Session): Promise<void>;
  /** Notes a use. */
  used(id: Id<'session'>, at: Date): Promise<void>;
  /** Ends a session of theirs; false if they have no such session. */
  end(id: Id<'session'>, whose: Whose): Promise<boolean>;
  /** Ends all that they have. */
  endAll(whose: Whose): Promise<void>;
  /** Ends the sessions of a wallet. */
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
  /** Deletes sessions that are over, at most so many; answers how many those were. */
  purge(now: Date, most?: number): Promise<number>;
}

export type SessionStore = Finding & Keeping;

/** Whose sessions: a person's, of all wallets, or an officer's. */
export type Whose = { readonly person: Id<'person'> } | { readonly officer: Id<'officer'> };

export type HolderSession = Session & { readonly person: Id<'person'>; readonly wallet: Id<'wallet'> };
export type OfficerSession = Session & { readonly officer: Officer };

export function sessionStore(db: Db): SessionStore {
  return { ...finding(db), ...keeping(db) };
}

function sessionsOf(db: Db, whose: Whose) {
  return 'officer' in whose
    ? db('sessions').where({ officer_id: whose.officer })
    : db('sessions').whereIn('wallet_id', db('wallets').where({ person_id: whose.person }).select('id'));
}

function finding(db: Db): Finding {
  const going = (hash: string, now: Date) =>
    db('sessions').where({ hash }).where('sessions.expires_at', '>', toInstant(now));
  return {
    async ofHolder(hash, now) {
      const row: (SessionRow & { wallet: Id<'wallet'>; person: Id<'person'> }) | undefined = await going(
        hash,
        now,
      )
        .join('wallets', 'wallets.id', 'sessions.wallet_id')
        .where({ 'wallets.state': 'active' })
        .first('sessions.*', 'wallets.id as wallet', 'wallets.person_id as person');
      return row === undefined ? null : { ...fromSessionRow(row), person: row.person, wallet: row.wallet };
    },

    async ofOfficer(hash, now) {
      const row: (SessionRow & { officer: Id<'officer'>; name: string; role: Role }) | undefined =
        await going(hash, now)
          .join('officers', 'officers.id', 'sessions.officer_id')
          .first('sessions.*', 'officers.id as officer', 'officers.name', 'officers.role');
      if (row === undefined) return null;
      return { ...fromSessionRow(row), officer: { id: row.officer, name: row.name, role: row.role } };
    },

    async page(whose, asked, { now, idle }) {
      const query = sessionsOf(db, whose).where('expires_at', '>', toInstant(now)).select();
      if ('officer' in whose)
        void query.whereRaw('coalesce(used_at, verified_at) > ?', [toInstant(now) - idle]);
      const { rows, hasMore } = await readPage<SessionRow>(query, asked);
      return { rows: rows.map(fromSessionRow), hasMore };
    },
  };
}

function keeping(db: Db): Keeping {
  return {
    async add(session) {
      await db('sessions').insert({
        id: session.id,
        hash: session.hash,
        passkey_id: session.passkey,
        ...ownerColumns(session.owner),
        verified_at: toInstant(session.verifiedAt),
        used_at: toInstant(session.usedAt),
        expires_at: toInstant(session.expiresAt),
      });
    },

    async used(id, at) {
      await db('sessions')
        .where({ id })
        .update({ used_at: toInstant(at) });
    },

    end: async (id, whose) => (await sessionsOf(db, whose).where({ id }).delete()) > 0,

    async endAll(whose) {
      await sessionsOf(db, whose).delete();
    },

    async lockWallet(wallet) {
      await db('sessions').where({ wallet_id: wallet }).delete();
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'sessions', key: ['id'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}

function fromSessionRow(row: SessionRow): Session {
  return {
    id: row.id,
    hash: row.hash,
    passkey: row.passkey_id,
    owner: someOwner(row),
    verifiedAt: fromInstant(row.verified_at),
    usedAt: fromInstant(row.used_at ?? row.verified_at),
    expiresAt: fromInstant(row.expires_at),
  };
}
