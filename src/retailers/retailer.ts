import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';

/** A business that asks at its tills. */
export interface Retailer {
  readonly id: Id<'retailer'>;
  readonly name: string;
  /** The claims that it may ask for, each once. */
  readonly permitted: readonly Claim[];
  readonly createdAt: Date;
}

/** A place of a retailer's where terminals stand. */
export interface Store {
  readonly id: Id<'store'>;
  readonly retailer: Id<'retailer'>;
  readonly name: string;
  readonly createdAt: Date;
}
