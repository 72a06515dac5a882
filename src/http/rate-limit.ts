import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Fault } from '../kernel/fault.ts';

/** How much of an allowance is left, for the `RateLimit` headers. */
export interface Allowance {
  readonly name: string;
  readonly perSecond: number;
  readonly remaining: number;
  /** Seconds until it is full again. */
  readonly resets: number;
}

/** Counts one request of somebody; throws `rate_limited` once the allowance is spent. */
export type RateLimit = (who: string) => Promise<Allowance>;

const BURST_SECONDS = 2;

/**
 * An allowance of so many requests a second for each caller, counted over two seconds so that a short burst passes.
 * It is kept in memory, so each process has its own: a database write for each request would cost more than the
 * request.
 */
export function rateLimit(name: string, perSecond: number): RateLimit {
  const counter = new RateLimiterMemory({ points: perSecond * BURST_SECONDS, duration: BURST_SECONDS });
  return async (who) => {
    try {
      const left = await counter.consume(who);
      return { name, perSecond, remaining: left.remainingPoints, resets: left.msBeforeNext / 1000 };
    } catch (thrown) {
      if (!(thrown instanceof RateLimiterRes)) throw thrown;
      const resets = thrown.msBeforeNext / 1000;
      throw new Fault('rate_limited', 'Too many requests came from this caller.', {
        retryAfter: resets,
        allowance: allowanceHeaders({ name, perSecond, remaining: 0, resets }),
      });
    }
  };
}

/** The headers of draft-ietf-httpapi-ratelimit-headers. */
export function allowanceHeaders({ name, perSecond, remaining, resets }: Allowance): Record<string, string> {
  return {
    'RateLimit-Policy': `"${name}";q=${perSecond * BURST_SECONDS};w=${BURST_SECONDS}`,
    RateLimit: `"${name}";r=${remaining};t=${Math.ceil(resets)}`,
  };
}
