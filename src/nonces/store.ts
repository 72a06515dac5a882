import { toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { hash } from '../keys/hash.ts';

/** A nonce that was made here, and until when it is good. */
export interface FreshNonce {
  readonly nonce: string;
  readonly expiresAt: Date;
}

/** The nonces that were accepted. */
export interface NonceStore {
  /** Uses nonces up and answers those that were unused. Of several callers at once exactly one is answered each. */
  use(nonces: readonly FreshNonce[]): Promise<ReadonlySet<string>>;
  /**
   * Forgets those that are over, since their time alone refuses them; at most so many, and answers how many those
   * were.
   */
  purge(now: Date, most?: number): Promise<number>;
}

export function nonceStore(db: Db): NonceStore {
  return {
    async use(nonces) {
      if (nonces.length === 0) return new Set();
      const hashed = nonces.map(({ nonce, expiresAt }) => ({ nonce, hash: hash(nonce), expiresAt }));
      const rows = hashed.map((one) => ({ hash: one.hash, expires_at: toInstant(one.expiresAt) }));
      const used: { hash: string }[] = await db('used_nonces')
        .insert(rows)
        .onConflict('hash')
        .ignore()
        .returning('hash');
      const unused = new Set(used.map((row) => row.hash));
      return new Set(hashed.filter((one) => unused.has(one.hash)).map((one) => one.nonce));
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'used_nonces', key: ['hash'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}
