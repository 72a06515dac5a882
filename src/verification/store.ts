import { fromBlob, fromFlag, fromInstant, fromNullableInstant, toFlag, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { addRows, among } from '../db/rows.ts';
import type { NextStep, Reason } from '../judgement/verdict.ts';
import { firstIdAt, type Id } from '../kernel/ids.ts';
import type { Verification } from './verification.ts';

interface Row {
  readonly id: Id<'verification'>;
  readonly terminal_id: Id<'terminal'>;
  readonly retailer_id: Id<'retailer'>;
  readonly live: number;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  readonly next_step: NextStep;
  readonly asked: string;
  readonly proof: 'ticket' | 'pass' | null;
  readonly presented_at: number | string | null;
  readonly checked_at: number | string;
  readonly freshness: 'fresh' | 'skewed' | null;
  readonly reference: string | null;
  readonly scanned_at: number | string | null;
}

export interface VerificationStore {
  add(verifications: readonly Verification[]): Promise<void>;
  byIds(ids: readonly string[]): Promise<readonly Verification[]>;
  /** A terminal's own verification, or null. */
  find(id: Id<'verification'>, terminal: Id<'terminal'>): Promise<Verification | null>;
  page(asked: PageAsked, terminal: Id<'terminal'>): Promise<Page<Verification>>;
  /** Deletes those that were made before an instant, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

/** The part of an answer that tells who somebody is, sealed under the ticket, for a minute. */
export interface KeptAnswer {
  readonly verification: Id<'verification'>;
  readonly sealedClaims: Uint8Array;
  readonly expiresAt: Date;
}

export interface KeptAnswerStore {
  add(answers: readonly KeptAnswer[]): Promise<void>;
  /** Those that are not over. */
  byIds(ids: readonly string[], now: Date): Promise<readonly KeptAnswer[]>;
  /** Deletes those that are over, at most so many; answers how many those were. */
  purge(now: Date, most?: number): Promise<number>;
}

/** What an idempotency key stands for. */
export interface KeptKey {
  readonly scope: string;
  readonly bodyHash: string;
  readonly verification: Id<'verification'>;
  readonly expiresAt: Date;
}

export interface IdempotencyStore {
  /** Takes keys and answers the scopes that were free or over. Of several callers at once exactly one is answered each. */
  take(keys: readonly KeptKey[], now: Date): Promise<readonly string[]>;
  byScopes(scopes: readonly string[], now: Date): Promise<readonly KeptKey[]>;
  /** Deletes those that are over, at most so many; answers how many those were. */
  purge(now: Date, most?: number): Promise<number>;
}

export function verificationStore(db: Db): VerificationStore {
  return {
    async add(verifications) {
      await addRows(db, 'verifications', verifications.map(toRow));
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      const rows: Row[] = await db('verifications').where(among(db, 'id', ids));
      return rows.map(fromRow);
    },

    async find(id, terminal) {
      const row: Row | undefined = await db('verifications').where({ id, terminal_id: terminal }).first();
      return row === undefined ? null : fromRow(row);
    },

    async page(asked, terminal) {
      const own = db('verifications').where({ terminal_id: terminal });
      const { rows, hasMore } = await readPage<Row>(own, asked);
      return { rows: rows.map(fromRow), hasMore };
    },

    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'verifications', key: ['id'], most }, (rows) =>
        rows.where('id', '<', firstIdAt('verification', before)),
      ),
  };
}

export function keptAnswerStore(db: Db): KeptAnswerStore {
  return {
    async add(answers) {
      const rows = answers.map(({ verification, sealedClaims, expiresAt }) => ({
        verification_id: verification,
        sealed_claims: sealedClaims,
        expires_at: toInstant(expiresAt),
      }));
      await addRows(db, 'kept_answers', rows);
    },

    async byIds(ids, now) {
      if (ids.length === 0) return [];
      const rows: { verification_id: Id<'verification'>; sealed_claims: Uint8Array; expires_at: number }[] =
        await db('kept_answers')
          .where(among(db, 'verification_id', ids))
          .where('expires_at', '>', toInstant(now));
      return rows.map((row) => ({
        verification: row.verification_id,
        sealedClaims: fromBlob(row.sealed_claims),
        expiresAt: fromInstant(row.expires_at),
      }));
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'kept_answers', key: ['verification_id'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}

export function idempotencyStore(db: Db): IdempotencyStore {
  return {
    async take(keys, now) {
      if (keys.length === 0) return [];
      const rows = keys.map(({ scope, bodyHash, verification, expiresAt }) => ({
        scope,
        body_hash: bodyHash,
        verification_id: verification,
        expires_at: toInstant(expiresAt),
      }));
      const taken: { scope: string }[] = await db('idempotency_keys')
        .insert(rows)
        .onConflict('scope')
        .merge()
        .where('idempotency_keys.expires_at', '<=', toInstant(now))
        .returning('scope');
      return taken.map((row) => row.scope);
    },

    async byScopes(scopes, now) {
      if (scopes.length === 0) return [];
      const rows: {
        scope: string;
        body_hash: string;
        verification_id: Id<'verification'>;
        expires_at: number;
      }[] = await db('idempotency_keys')
        .where(among(db, 'scope', scopes))
        .where('expires_at', '>', toInstant(now));
      return rows.map((row) => ({
        scope: row.scope,
        bodyHash: row.body_hash,
        verification: row.verification_id,
        expiresAt: fromInstant(row.expires_at),
      }));
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'idempotency_keys', key: ['scope'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}

function toRow(verification: Verification): Row {
  const { presentedAt, scannedAt } = verification;
  return {
    id: verification.id,
    terminal_id: verification.terminal,
    retailer_id: verification.retailer,
    live: toFlag(verification.live),
    outcome: verification.outcome,
    reason: verification.reason,
    next_step: verification.nextStep,
    asked: JSON.stringify(verification.asked),
    proof: verification.proof,
    presented_at: presentedAt && toInstant(presentedAt),
    checked_at: toInstant(verification.checkedAt),
    freshness: verification.freshness,
    reference: verification.reference,
    scanned_at: scannedAt && toInstant(scannedAt),
  };
}

function fromRow(row: Row): Verification {
  return {
    id: row.id,
    terminal: row.terminal_id,
    retailer: row.retailer_id,
    live: fromFlag(row.live),
    outcome: row.outcome,
    reason: row.reason,
    nextStep: row.next_step,
    asked: JSON.parse(row.asked) as Verification['asked'],
    proof: row.proof,
    presentedAt: fromNullableInstant(row.presented_at),
    checkedAt: fromInstant(row.checked_at),
    freshness: row.freshness,
    reference: row.reference,
    scannedAt: fromNullableInstant(row.scanned_at),
  };
}
