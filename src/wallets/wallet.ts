import type { Id } from '../kernel/ids.ts';

/** One enrolled device of a person. Locking is for good and touches no other wallet. */
export interface Wallet {
  readonly id: Id<'wallet'>;
  readonly person: Id<'person'>;
  readonly state: 'active' | 'locked';
  readonly createdAt: Date;
  readonly lockedAt: Date | null;
}
