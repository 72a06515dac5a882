import { toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { hash } from '../keys/hash.ts';

/** The nonces that were accepted. */
export interface NonceStore {
  /** Uses a nonce up. Of several callers at once exactly one succeeds; false for the others. */
  use(nonce: string, expiresAt: Date): Promise<boolean>;
  /**
   * Forgets those that are over, since their time alone refuses them; at most so many, and answers how many those
   * were.
   */
  purge(now: Date, most?: number): Promise<number>;
}

export function nonceStore(db: Db): NonceStore {
  return {
    async use(nonce, expiresAt) {
      const used = await db('used_nonces')
        .insert({ hash: hash(nonce), expires_at: toInstant(expiresAt) })
        .onConflict('hash')
        .ignore()
        .returning('hash');
      return used.length === 1;
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'used_nonces', key: ['hash'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}
