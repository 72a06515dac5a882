import { fromBlob, fromInstant, fromNullableInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { holdTable } from '../db/hold.ts';
import type { P256PublicJwk } from '../formats/jwk.ts';
import type { Id } from '../kernel/ids.ts';
import type { IssuerKey, KeyState, Purpose } from './issuer-key.ts';
import type { RotationSchedule } from './rotation-schedule.ts';

interface Row {
  readonly id: Id<'issuer_key'>;
  readonly purpose: Purpose;
  readonly state: KeyState;
  readonly issuer_url: string;
  readonly public_jwk: string;
  readonly sealed_private: Uint8Array | null;
  readonly certificate: string | null;
  readonly created_at: number | string;
  readonly retired_at: number | string | null;
}

export interface IssuerKeyStore {
  /** All keys, the oldest first. */
  all(): Promise<readonly IssuerKey[]>;
  /** The same, and nobody else changes keys until the transaction ends. */
  hold(): Promise<readonly IssuerKey[]>;
  add(key: IssuerKey): Promise<void>;
  activate(id: Id<'issuer_key'>): Promise<void>;
  retire(id: Id<'issuer_key'>, at: Date): Promise<void>;
  /** Forgets the private part for good. */
  destroy(id: Id<'issuer_key'>): Promise<void>;
}

export function issuerKeyStore(db: Db): IssuerKeyStore {
  const one = (id: Id<'issuer_key'>) => db('issuer_keys').where({ id });
  const all = async (): Promise<readonly IssuerKey[]> => {
    const rows: Row[] = await db('issuer_keys').select().orderBy('id');
    return rows.map(fromRow);
  };
  return {
    all,

    async hold() {
      await holdTable(db, 'issuer_keys');
      return all();
    },

    async add(key) {
      await db('issuer_keys').insert({
        id: key.id,
        purpose: key.purpose,
        state: key.state,
        issuer_url: key.issuerUrl,
        public_jwk: JSON.stringify(key.publicJwk),
        sealed_private: key.sealedPrivate && Buffer.from(key.sealedPrivate),
        certificate: key.certificate,
        created_at: toInstant(key.createdAt),
        retired_at: key.retiredAt && toInstant(key.retiredAt),
      });
    },

    async activate(id) {
      await one(id).where({ state: 'next' }).update({ state: 'active' });
    },

    async retire(id, at) {
      await one(id)
        .whereIn('state', ['next', 'active'])
        .update({ state: 'retired', retired_at: toInstant(at) });
    },

    async destroy(id) {
      await one(id).where({ state: 'retired' }).update({ state: 'destroyed', sealed_private: null });
    },
  };
}

function fromRow(row: Row): IssuerKey {
  return {
    id: row.id,
    purpose: row.purpose,
    state: row.state,
    issuerUrl: row.issuer_url,
    publicJwk: JSON.parse(row.public_jwk) as P256PublicJwk,
    sealedPrivate: row.sealed_private && fromBlob(row.sealed_private),
    certificate: row.certificate,
    createdAt: fromInstant(row.created_at),
    retiredAt: fromNullableInstant(row.retired_at),
  };
}

interface RotationRow {
  readonly every_days: number | string;
  readonly next_at: number | string;
}

export interface RotationStore {
  /** The schedule; null where nobody has set one. */
  schedule(): Promise<RotationSchedule | null>;
  /** Sets it, or takes it away. */
  put(schedule: RotationSchedule | null): Promise<void>;
}

/** There is one schedule at the most. */
const THE_ONE = { id: 1 };

export function rotationStore(db: Db): RotationStore {
  return {
    async schedule() {
      const row: RotationRow | undefined = await db('key_rotation').where(THE_ONE).first();
      return row === undefined
        ? null
        : { everyDays: Number(row.every_days), nextAt: fromInstant(row.next_at) };
    },

    async put(schedule) {
      if (schedule === null) {
        await db('key_rotation').where(THE_ONE).delete();
        return;
      }
      const { everyDays, nextAt } = schedule;
      const row = { ...THE_ONE, every_days: everyDays, next_at: toInstant(nextAt) };
      await db('key_rotation').insert(row).onConflict('id').merge();
    },
  };
}
