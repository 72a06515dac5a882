import { fromBlob, fromInstant, fromNullableInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { among } from '../db/rows.ts';
import { type CalendarDate, dateIn } from '../kernel/calendar-date.ts';
import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';
import { type PassKey, windowFrom } from './pass-key.ts';

interface KeyRow {
  readonly key_id: string;
  readonly claim: Claim;
  readonly not_before: number | string;
  readonly days: number;
  readonly expires_at: number | string;
  readonly spki: Uint8Array;
  readonly sealed_private: Uint8Array | null;
  readonly withdrawn_at: number | string | null;
}

interface SpentRow {
  readonly mark: string;
  readonly kept_until: number | string;
  readonly spent_at: number | string;
  readonly terminal_id: Id<'terminal'> | null;
  readonly verification_id: Id<'verification'> | null;
  readonly question_hash: string | null;
}

export interface PassKeyStore {
  /** Those whose passes can still be good, or were until a moment ago, by window and claim. */
  listed(now: Date): Promise<readonly PassKey[]>;
  /** Adds a key unless its claim and window have one, or its id is taken; answers whether it was added. */
  add(key: PassKey): Promise<boolean>;
  withdraw(keyId: string, at: Date): Promise<boolean>;
  /** Forgets the private parts of keys whose window is over; answers how many. */
  destroyOver(now: Date): Promise<number>;
  /** Deletes keys whose passes were over by then, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

export interface PassQuotaStore {
  /**
   * Takes so many of a scope's quota; answers whether there were as many left. Of several callers at once none gets
   * more than there is.
   */
  take(
    quota: { readonly scope: string; readonly count: number; readonly most: number },
    until: Date,
  ): Promise<boolean>;
  /** Notes a request; answers whether it is the first of its kind. */
  note(requestHash: string, until: Date): Promise<boolean>;
  purge(now: Date, most?: number): Promise<number>;
}

export interface PassDirectoryStore {
  /** Notes a directory by the hash of its content; answers whether it is the first of its kind. */
  add(contentHash: string, at: Date): Promise<boolean>;
}

/** A pass that was approved: its mark, and what tells a scanner that fired twice from somebody else. */
export interface SpentPass {
  /** SHA-256 of the device key, in hexadecimal. */
  readonly mark: string;
  /** Until when it could be shown again, somewhere. */
  readonly keptUntil: Date;
  readonly spentAt: Date;
  readonly terminal: Id<'terminal'> | null;
  /** Null where it was spent offline. */
  readonly verification: Id<'verification'> | null;
  readonly questionHash: string | null;
}

export interface SpentPassStore {
  /** Those of these marks that are spent. */
  among(marks: readonly string[]): Promise<readonly SpentPass[]>;
  /** Spends passes. Of several callers at once exactly one is answered each mark. */
  spend(passes: readonly SpentPass[]): Promise<ReadonlySet<string>>;
  purge(now: Date, most?: number): Promise<number>;
}

const DAY = 86_400_000;

export function passKeyStore(db: Db): PassKeyStore {
  return {
    async listed(now) {
      const rows: KeyRow[] = await db('pass_keys')
        .where('expires_at', '>', toInstant(now))
        .orderBy(['not_before', 'claim']);
      return rows.map(fromRow);
    },

    async add(key) {
      const added = await db('pass_keys').insert(toRow(key)).onConflict().ignore().returning('key_id');
      return added.length > 0;
    },

    async withdraw(keyId, at) {
      const withdrawn = await db('pass_keys')
        .where({ key_id: keyId })
        .whereNull('withdrawn_at')
        .update({ withdrawn_at: toInstant(at), sealed_private: null });
      return withdrawn > 0;
    },

    async destroyOver(now) {
      return db('pass_keys')
        .whereNotNull('sealed_private')
        .where('ends_at', '<=', toInstant(now))
        .update({ sealed_private: null });
    },

    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'pass_keys', key: ['key_id'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(before)),
      ),
  };
}

export function passQuotaStore(db: Db): PassQuotaStore {
  return {
    async take({ scope, count, most }, until) {
      if (count > most) return false;
      const taken = await db('pass_quotas')
        .insert({ scope, used: count, expires_at: toInstant(until) })
        .onConflict('scope')
        .merge({ used: db.raw('pass_quotas.used + ?', [count]) })
        .where('pass_quotas.used', '<=', most - count)
        .returning('scope');
      return taken.length > 0;
    },

    async note(requestHash, until) {
      const noted = await db('pass_requests')
        .insert({ hash: requestHash, expires_at: toInstant(until) })
        .onConflict('hash')
        .ignore()
        .returning('hash');
      return noted.length > 0;
    },

    async purge(now, most = BATCH) {
      const gone = await Promise.all([
        deleteSome(db, { table: 'pass_quotas', key: ['scope'], most }, (rows) =>
          rows.where('expires_at', '<=', toInstant(now)),
        ),
        deleteSome(db, { table: 'pass_requests', key: ['hash'], most }, (rows) =>
          rows.where('expires_at', '<=', toInstant(now)),
        ),
      ]);
      return Math.max(...gone);
    },
  };
}

export function passDirectoryStore(db: Db): PassDirectoryStore {
  return {
    async add(contentHash, at) {
      const added = await db('pass_directories')
        .insert({ hash: contentHash, published_at: toInstant(at) })
        .onConflict('hash')
        .ignore()
        .returning('hash');
      return added.length > 0;
    },
  };
}

export function spentPassStore(db: Db): SpentPassStore {
  return {
    async among(marks) {
      if (marks.length === 0) return [];
      const rows: SpentRow[] = await db('spent_passes').where(among(db, 'mark', marks));
      return rows.map(fromSpentRow);
    },

    async spend(passes) {
      if (passes.length === 0) return new Set();
      const spent: { mark: string }[] = await db('spent_passes')
        .insert(passes.map(toSpentRow))
        .onConflict('mark')
        .ignore()
        .returning('mark');
      return new Set(spent.map(({ mark }) => mark));
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'spent_passes', key: ['mark'], most }, (rows) =>
        rows.where('kept_until', '<=', toInstant(now)),
      ),
  };
}

function toRow({ keyId, claim, window, spki, sealedPrivate, withdrawnAt }: PassKey) {
  return {
    key_id: keyId,
    claim,
    days: Math.round((window.ends.getTime() - window.notBefore.getTime()) / DAY),
    not_before: toInstant(window.notBefore),
    ends_at: toInstant(window.ends),
    expires_at: toInstant(window.expiresAt),
    spki: Buffer.from(spki),
    sealed_private: sealedPrivate && Buffer.from(sealedPrivate),
    withdrawn_at: withdrawnAt && toInstant(withdrawnAt),
  };
}

function fromRow(row: KeyRow): PassKey {
  const date: CalendarDate = dateIn('UTC', new Date(Number(row.not_before)));
  return {
    keyId: row.key_id,
    claim: row.claim,
    window: windowFrom(date, row.days),
    spki: fromBlob(row.spki),
    sealedPrivate: row.sealed_private && fromBlob(row.sealed_private),
    withdrawnAt: fromNullableInstant(row.withdrawn_at),
  };
}

function toSpentRow(pass: SpentPass): SpentRow {
  return {
    mark: pass.mark,
    kept_until: toInstant(pass.keptUntil),
    spent_at: toInstant(pass.spentAt),
    terminal_id: pass.terminal,
    verification_id: pass.verification,
    question_hash: pass.questionHash,
  };
}

function fromSpentRow(row: SpentRow): SpentPass {
  return {
    mark: row.mark,
    keptUntil: fromInstant(row.kept_until),
    spentAt: fromInstant(row.spent_at),
    terminal: row.terminal_id,
    verification: row.verification_id,
    questionHash: row.question_hash,
  };
}
