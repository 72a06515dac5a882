import { fromFlag, fromInstant, fromList, toFlag, toInstant, toList } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import type { CredentialType } from '../kernel/credential-type.ts';
import { firstIdAt, type Id } from '../kernel/ids.ts';
import type { AccessToken } from './access-token.ts';
import { MOST_TRIES, type OpenOffer } from './offer.ts';

interface OfferRow {
  readonly id: Id<'offer'>;
  readonly person_id: Id<'person'>;
  readonly credentials: string;
  readonly tx_code_mac: string;
  readonly tries: number | string;
  readonly wallet_id: Id<'wallet'> | null;
  readonly refill: number | string;
  readonly created_at: number | string;
  readonly expires_at: number | string;
}

interface TokenRow {
  readonly hash: string;
  readonly person_id: Id<'person'>;
  readonly wallet_id: Id<'wallet'>;
  readonly credentials: string;
  readonly expires_at: number | string;
}

/** Stands in the column of an offer that takes no transaction code; it is the hash of none. */
const NO_CODE = '';

export interface OfferStore {
  add(offer: OpenOffer, hashes: { reference: string; code: string }): Promise<void>;
  /** The open offer behind a reference, or null. */
  byReference(referenceHash: string, now: Date): Promise<OpenOffer | null>;
  /**
   * Counts one try of a transaction code and answers the open offer with the new count, or null. The count comes
   * before the comparison, so that a race wins no more tries than a queue.
   */
  countTry(codeHash: string, now: Date): Promise<OpenOffer | null>;
  /** Takes back a count, where the code was right and the offer could not be redeemed for another reason. */
  giveBackTry(id: Id<'offer'>): Promise<void>;
  /** The open offer behind a code, with no try counted. */
  byCode(codeHash: string, now: Date): Promise<OpenOffer | null>;
  /** Deletes the offers that a wallet asked for. */
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
  /** Ends an open offer. */
  end(id: Id<'offer'>, state: 'redeemed' | 'dead'): Promise<void>;
  /** Deletes offers, redeemed or not, that had expired by then, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

export function offerStore(db: Db): OfferStore {
  const open = (now: Date) => db('offers').where({ state: 'open' }).where('expires_at', '>', toInstant(now));
  return {
    async add(offer, { reference, code }) {
      await db('offers').insert({
        ...toOfferRow(offer),
        state: 'open',
        reference_hash: reference,
        code_hash: code,
      });
    },

    async byReference(referenceHash, now) {
      const row: OfferRow | undefined = await open(now).where({ reference_hash: referenceHash }).first();
      return row === undefined ? null : fromOfferRow(row);
    },

    async byCode(codeHash, now) {
      const row: OfferRow | undefined = await open(now).where({ code_hash: codeHash }).first();
      return row === undefined ? null : fromOfferRow(row);
    },

    async lockWallet(wallet) {
      await db('offers').where({ wallet_id: wallet }).delete();
    },

    async countTry(codeHash, now) {
      const rows: OfferRow[] = await open(now)
        .where({ code_hash: codeHash })
        .where('tries', '<', MOST_TRIES)
        .increment('tries', 1)
        .returning('*');
      return rows[0] === undefined ? null : fromOfferRow(rows[0]);
    },

    async giveBackTry(id) {
      await db('offers').where({ id, state: 'open' }).decrement('tries', 1);
    },

    async end(id, state) {
      await db('offers').where({ id, state: 'open' }).update({ state });
    },

    // Ids sort by time, so the old ones are found by their key.
    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'offers', key: ['id'], most }, (rows) =>
        rows.where('id', '<', firstIdAt('offer', before)).where('expires_at', '<=', toInstant(before)),
      ),
  };
}

export interface TokenStore {
  add(token: AccessToken, hash: string): Promise<void>;
  /** The token of an active wallet, if it has not expired. */
  byHash(hash: string, now: Date): Promise<AccessToken | null>;
  /** Counts copies towards a token's limit; false, and nothing counted, where they would exceed it. */
  countCopies(hash: string, copies: number, most: number): Promise<boolean>;
  addNotification(hash: string, wallet: Id<'wallet'>, expiresAt: Date): Promise<void>;
  hasNotification(hash: string, wallet: Id<'wallet'>): Promise<boolean>;
  /** Stops all tokens of a wallet. */
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
  /** Deletes tokens that are over, at most so many; answers how many those were. */
  purge(now: Date, most?: number): Promise<number>;
  /** Deletes the ids of notifications that can come no more, at most so many; answers how many those were. */
  purgeNotifications(now: Date, most?: number): Promise<number>;
}

export function tokenStore(db: Db): TokenStore {
  return {
    async add(token, hash) {
      await db('access_tokens').insert({
        hash,
        person_id: token.person,
        wallet_id: token.wallet,
        credentials: toList(token.credentials),
        copies: 0,
        expires_at: toInstant(token.expiresAt),
      });
    },

    async byHash(hash, now) {
      const row: TokenRow | undefined = await db('access_tokens')
        .join('wallets', 'wallets.id', 'access_tokens.wallet_id')
        .where({ hash, 'wallets.state': 'active' })
        .where('expires_at', '>', toInstant(now))
        .first('access_tokens.*');
      return row === undefined ? null : fromTokenRow(row);
    },

    async countCopies(hash, copies, most) {
      const counted = await db('access_tokens')
        .where({ hash })
        .where('copies', '<=', most - copies)
        .increment('copies', copies);
      return Number(counted) > 0;
    },

    async addNotification(hash, wallet, expiresAt) {
      await db('notifications').insert({ hash, wallet_id: wallet, expires_at: toInstant(expiresAt) });
    },

    async hasNotification(hash, wallet) {
      return (await db('notifications').where({ hash, wallet_id: wallet }).first('hash')) !== undefined;
    },

    async lockWallet(wallet) {
      await db('access_tokens').where({ wallet_id: wallet }).delete();
    },

    purge: (now, most) => purgeOver(db, 'access_tokens', now, most),
    purgeNotifications: (now, most) => purgeOver(db, 'notifications', now, most),
  };
}

function purgeOver(db: Db, table: string, now: Date, most = BATCH): Promise<number> {
  return deleteSome(db, { table, key: ['hash'], most }, (rows) =>
    rows.where('expires_at', '<=', toInstant(now)),
  );
}

function toOfferRow(offer: OpenOffer): OfferRow {
  return {
    id: offer.id,
    person_id: offer.person,
    tx_code_mac: offer.txCodeMac ?? NO_CODE,
    tries: offer.tries,
    wallet_id: offer.asker?.wallet ?? null,
    refill: toFlag(offer.asker?.refill ?? false),
    credentials: toList(offer.credentials),
    created_at: toInstant(offer.createdAt),
    expires_at: toInstant(offer.expiresAt),
  };
}

function fromOfferRow(row: OfferRow): OpenOffer {
  return {
    id: row.id,
    person: row.person_id,
    credentials: fromList<CredentialType>(row.credentials),
    txCodeMac: row.tx_code_mac === NO_CODE ? null : row.tx_code_mac,
    asker: row.wallet_id && { wallet: row.wallet_id, refill: fromFlag(row.refill) },
    tries: Number(row.tries),
    createdAt: fromInstant(row.created_at),
    expiresAt: fromInstant(row.expires_at),
  };
}

function fromTokenRow(row: TokenRow): AccessToken {
  return {
    person: row.person_id,
    wallet: row.wallet_id,
    credentials: fromList<CredentialType>(row.credentials),
    expiresAt: fromInstant(row.expires_at),
  };
}
