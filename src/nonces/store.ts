import { toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { hash } from '../keys/hash.ts';

/** The nonces that were accepted. */
export interface NonceStore {
  /** Uses a nonce up. Of several callers at once exactly one succeeds; false for the others. */
  use(nonce: string, expiresAt: Date): Promise<boolean>;
  /** Forgets those that are over, since their time alone refuses them. */
  purge(now: Date): Promise<void>;
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

    async purge(now) {
      await db('used_nonces').where('expires_at', '<=', toInstant(now)).delete();
    },
  };
}
