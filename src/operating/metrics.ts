import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What is counted. Labels are endpoint names, status codes and closed lists: nothing in them points at anybody. */
export interface Metrics {
  answered(endpoint: string, status: number, seconds: number): void;
  verified(outcome: 'approved' | 'refused', reason: string | null, live: boolean): void;
  text(): Promise<string>;
}

export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'counterproof_request_seconds',
    help: 'Time from request to answer, by endpoint and status',
    labelNames: ['endpoint', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const verifications = new Counter({
    name: 'counterproof_verifications_total',
    help: 'Verifications by outcome and reason',
    labelNames: ['outcome', 'reason', 'livemode'],
    registers: [registry],
  });
  return {
    answered: (endpoint, status, seconds) => requests.observe({ endpoint, status }, seconds),
    verified: (outcome, reason, live) =>
      verifications.inc({ outcome, reason: reason ?? 'none', livemode: String(live) }),
    text: () => registry.metrics(),
  };
}
