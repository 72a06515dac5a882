import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';
import type { WebOrigin } from '../kernel/web-origin.ts';

/** A business that asks at its tills. */
export interface Retailer {
  readonly id: Id<'retailer'>;
  readonly name: string;
  /** The claims that it may ask for, each once. */
  readonly permitted: readonly Claim[];
  /** Where its web tills are, each once: pages of these origins may frame the terminal's page. */
  readonly origins: readonly WebOrigin[];
  readonly createdAt: Date;
}

/** A place of a retailer's where terminals stand. */
export interface Store {
  readonly id: Id<'store'>;
  readonly retailer: Id<'retailer'>;
  readonly name: string;
  readonly createdAt: Date;
}
