import type { Reason } from '../judgement/verdict.ts';
import type { Id } from '../kernel/ids.ts';

/** What a till judged by itself, as it reports it: nothing of a person, and nothing of what was sold. */
export interface OfflineVerification {
  /** The till's own: 128 random bits, so that the same report is recorded once, however often it is sent. */
  readonly reportId: string;
  readonly keyId: string;
  /** SHA-256 of the pass's device key, in hexadecimal. */
  readonly mark: string;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  /** By the till's clock: recorded, never believed. */
  readonly checkedAt: Date;
}

/** The same as it is kept. */
export interface ReportedVerification extends OfflineVerification {
  readonly terminal: Id<'terminal'>;
  readonly reportedAt: Date;
}
