/** A terminal without a browser, before a service that answers as the test says. */

import type { Call } from '../../../../src/web/api/client.ts';
import type { OfflineJudge } from '../../../../src/web/terminal/offline.ts';
import type { Tone } from '../../../../src/web/terminal/result.ts';
import { Terminal } from '../../../../src/web/terminal/terminal.ts';

export const START = new Date('2026-11-22T10:00:00Z');
export const DAY = 86_400_000;
const SESSION = {
  terminal_id: 'ter_4',
  terminal_name: 'Till 4',
  retailer_name: 'Corner Shop',
  live: false,
  token: 'cp_test_secret',
  expires_at: new Date(START.getTime() + 30 * DAY).toISOString(),
};
export const ALCOHOL = { id: 'alcohol', title: 'Alcohol', claims: ['age_over_18'], presenter: 'none' };
export const APPROVED = {
  outcome: 'approved',
  reason: null,
  next_step: 'sell',
  claims: { age_over_18: true },
};

/** A verifier that never got a bundle. */
export const CANNOT: OfflineJudge['verifier'] = {
  verify: async () => ({ outcome: 'not_judged', code: 'bundle_not_trusted' }),
  sync: async () => ({ reported: 0, doubleSpends: [], bundle: 'not_fetched', skew: null, trouble: null }),
  status: async () => ({ ready: false, code: 'bundle_not_trusted' }),
};

interface Asked {
  readonly address: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Record<string, unknown>;
}

/** A terminal whose service answers as the test says. */
export function stage(
  judge: { -readonly [Part in keyof OfflineJudge]: OfflineJudge[Part] } = {
    verifier: CANNOT,
    client: {} as OfflineJudge['client'],
  },
) {
  let now = START;
  let kept: string | null = null;
  let keys = 0;
  const asked: Asked[] = [];
  const signalled: Tone[] = [];
  const answers: Record<string, () => object> = {
    'POST /v1/terminal-sessions': () => answered(SESSION, 201),
    'GET /v1/policies': () => answered({ data: [ALCOHOL] }),
    'POST /v1/verifications': () => answered(APPROVED, 201),
    'GET /v1/terminal-sessions/current': () =>
      answered({ expires_at: new Date(now.getTime() + 30 * DAY).toISOString() }),
    'DELETE /v1/terminal-sessions/current': () => answered({}, 204),
  };
  const answered = (body: object, status = 200) => ({
    kind: 'answered',
    status,
    body,
    headers: new Headers(),
    servedAt: now,
  });
  const call = async (address: string, sent: object) => {
    asked.push({ address, ...sent });
    return answers[address]!();
  };
  const terminal = new Terminal({
    call: call as Call,
    now: () => now,
    newKey: () => `key-${++keys}`,
    signal: (tone) => signalled.push(tone),
    kept: async () => kept,
    keep: async (text) => {
      kept = text;
    },
    offline: async () => judge,
  });
  return {
    terminal,
    judge,
    asked,
    signalled,
    kept: () => kept,
    pass: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds);
    },
    answers,
    answered,
    refused: (code: string, status: number, retryAfter: number | null = null) => ({
      kind: 'refused',
      problem: { status, code, detail: '', requestId: null, errors: [] },
      retryAfter,
      headers: new Headers(),
      servedAt: now,
    }),
    questions: () => asked.filter(({ address }) => address === 'POST /v1/verifications'),
  };
}

/** Lets go on what has been waiting. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One that is paired, and asks about alcohol. */
export async function paired() {
  const it = stage();
  await it.terminal.pair('7K3M9QXA');
  it.terminal.told('#ask=alcohol');
  return it;
}
