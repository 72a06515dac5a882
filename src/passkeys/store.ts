import {
  fromBlob,
  fromFlag,
  fromInstant,
  fromList,
  fromNullableInstant,
  toFlag,
  toInstant,
  toList,
} from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import type { Id } from '../kernel/ids.ts';
import type { Challenge, Purpose } from './challenge.ts';
import { type OwnerColumns, ownerColumns, ownerOf, ownerWhere, someOwner } from './owner-columns.ts';
import type { Owner, Passkey } from './passkey.ts';

interface PasskeyRow extends OwnerColumns {
  readonly id: Id<'passkey'>;
  readonly credential_id: string;
  readonly public_key: Uint8Array;
  readonly counter: number | string;
  readonly transports: string;
  readonly backed_up: number | string;
  readonly sealed_name: Uint8Array;
  readonly created_at: number | string;
  readonly last_used_at: number | string | null;
}

interface ChallengeRow extends OwnerColumns {
  readonly id: Id<'challenge'>;
  readonly hash: string;
  readonly purpose: Purpose;
  readonly invitation_hash: string | null;
  readonly expires_at: number | string;
}

export interface PasskeyStore {
  /** False, and nothing added, if the credential is registered already, whoever's it is. */
  add(passkey: Passkey): Promise<boolean>;
  /** The passkey of this kind of owner with the id that its authenticator gave it. */
  byCredential(kind: Owner['kind'], credentialId: string): Promise<Passkey | null>;
  of(owner: Owner): Promise<readonly Passkey[]>;
  page(owner: Owner, asked: PageAsked): Promise<Page<Passkey>>;
  /** Notes a use. False if another use came in between and the counter would not rise any more. */
  used(id: Id<'passkey'>, shown: Pick<Passkey, 'counter' | 'backedUp'>, at: Date): Promise<boolean>;
  /** Deletes a passkey and the sessions that began with it. */
  remove(id: Id<'passkey'>): Promise<void>;
  /** Deletes the passkeys of a wallet, and with them their sessions. */
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
}

export function passkeyStore(db: Db): PasskeyStore {
  const owned = (owner: Owner) => db('passkeys').where(ownerWhere(owner));
  return {
    async add(passkey) {
      const added = await db('passkeys')
        .insert(toPasskeyRow(passkey))
        .onConflict('credential_id')
        .ignore()
        .returning('id');
      return added.length > 0;
    },

    async byCredential(kind, credentialId) {
      const row: PasskeyRow | undefined = await db('passkeys')
        .where({ credential_id: credentialId })
        .whereNotNull(kind === 'holder' ? 'wallet_id' : 'officer_id')
        .first();
      return row === undefined ? null : fromPasskeyRow(row);
    },

    async of(owner) {
      const rows: PasskeyRow[] = await owned(owner).orderBy('id');
      return rows.map(fromPasskeyRow);
    },

    async page(owner, asked) {
      const { rows, hasMore } = await readPage<PasskeyRow>(owned(owner).select(), asked);
      return { rows: rows.map(fromPasskeyRow), hasMore };
    },

    async used(id, { counter, backedUp }, at) {
      const changed = await db('passkeys')
        .where({ id })
        .where((kept) => kept.where('counter', '<', counter).orWhere({ counter: 0 }))
        .update({ counter, backed_up: toFlag(backedUp), last_used_at: toInstant(at) });
      return changed > 0;
    },

    async remove(id) {
      await db('passkeys').where({ id }).delete();
    },

    async lockWallet(wallet) {
      await db('passkey_challenges').where({ wallet_id: wallet }).delete();
      await db('passkeys').where({ wallet_id: wallet }).delete();
    },
  };
}

export interface ChallengeStore {
  add(challenge: Challenge): Promise<void>;
  /** Uses a challenge up and answers it; of several callers at once one gets it, the others null. */
  take(id: Id<'challenge'>, purpose: Purpose, now: Date): Promise<Challenge | null>;
  /** Deletes challenges that are over, at most so many; answers how many those were. */
  purge(now: Date, most?: number): Promise<number>;
}

export function challengeStore(db: Db): ChallengeStore {
  return {
    async add(challenge) {
      await db('passkey_challenges').insert({
        id: challenge.id,
        hash: challenge.hash,
        purpose: challenge.purpose,
        ...ownerColumns(challenge.owner),
        invitation_hash: challenge.invitation,
        expires_at: toInstant(challenge.expiresAt),
      });
    },

    async take(id, purpose, now) {
      const row: ChallengeRow | undefined = await db('passkey_challenges')
        .where({ id, purpose })
        .where('expires_at', '>', toInstant(now))
        .first();
      if (row === undefined) return null;
      // Who deletes the row has it. On SQLite knex answers no `returning` of a deletion, so its count decides.
      const taken = await db('passkey_challenges').where({ id }).delete();
      return taken === 1 ? fromChallengeRow(row) : null;
    },

    purge: (now, most = BATCH) =>
      deleteSome(db, { table: 'passkey_challenges', key: ['id'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}

function toPasskeyRow(passkey: Passkey): PasskeyRow {
  return {
    id: passkey.id,
    ...ownerColumns(passkey.owner),
    credential_id: passkey.credentialId,
    public_key: Buffer.from(passkey.publicKey),
    counter: passkey.counter,
    transports: toList(passkey.transports),
    backed_up: toFlag(passkey.backedUp),
    sealed_name: Buffer.from(passkey.sealedName),
    created_at: toInstant(passkey.createdAt),
    last_used_at: passkey.lastUsedAt && toInstant(passkey.lastUsedAt),
  };
}

function fromPasskeyRow(row: PasskeyRow): Passkey {
  return {
    id: row.id,
    owner: someOwner(row),
    credentialId: row.credential_id,
    publicKey: fromBlob(row.public_key),
    counter: Number(row.counter),
    transports: fromList(row.transports),
    backedUp: fromFlag(row.backed_up),
    sealedName: fromBlob(row.sealed_name),
    createdAt: fromInstant(row.created_at),
    lastUsedAt: fromNullableInstant(row.last_used_at),
  };
}

function fromChallengeRow(row: ChallengeRow): Challenge {
  return {
    id: row.id,
    hash: row.hash,
    purpose: row.purpose,
    owner: ownerOf(row),
    invitation: row.invitation_hash,
    expiresAt: fromInstant(row.expires_at),
  };
}
