import { fromList, toList } from '../../db/columns.ts';
import type { Db } from '../../db/database.ts';
import type { Policy } from '../../judgement/policy.ts';
import type { Claim } from '../../kernel/claims.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly claims: string;
  readonly presenter: Policy['presenter'];
  readonly offline: Policy['offline'];
  readonly other_proof: Policy['otherProof'];
  readonly legal_basis: string;
  readonly discount_code: string | null;
}

export interface PolicyStore {
  /** All policies by the order of their ids. */
  all(): Promise<readonly Policy[]>;
  /** Those of the ids that there are, each once, by the order of their ids; one statement. */
  byIds(ids: readonly string[]): Promise<readonly Policy[]>;
  /** Writes the policy anew, or for the first time. */
  put(policy: Policy): Promise<void>;
  /** Adds those whose ids there are not yet, and answers their ids. The others stay as they are. */
  addMissing(policies: readonly Policy[]): Promise<readonly string[]>;
}

export function policyStore(db: Db): PolicyStore {
  return {
    async all() {
      const rows: Row[] = await db('policies').select().orderBy('id');
      return rows.map(fromRow);
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      const rows: Row[] = await db('policies').whereIn('id', ids).select().orderBy('id');
      return rows.map(fromRow);
    },

    async put(policy) {
      await db('policies').insert(toRow(policy)).onConflict('id').merge();
    },

    async addMissing(policies) {
      const rows = policies.map(toRow);
      const added: Pick<Row, 'id'>[] = await db('policies')
        .insert(rows)
        .onConflict('id')
        .ignore()
        .returning('id');
      return added.map(({ id }) => id);
    },
  };
}

function toRow(policy: Policy): Row {
  return {
    id: policy.id,
    title: policy.title,
    claims: toList(policy.claims),
    presenter: policy.presenter,
    offline: policy.offline,
    other_proof: policy.otherProof,
    legal_basis: policy.legalBasis,
    discount_code: policy.discountCode ?? null,
  };
}

function fromRow(row: Row): Policy {
  return {
    id: row.id,
    title: row.title,
    claims: fromList<Claim>(row.claims),
    presenter: row.presenter,
    offline: row.offline,
    otherProof: row.other_proof,
    legalBasis: row.legal_basis,
    ...(row.discount_code !== null && { discountCode: row.discount_code }),
  };
}
