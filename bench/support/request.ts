import { WrongAnswer } from './bench.ts';
import { ASKED } from './service.ts';

export const PATH = '/v1/verifications';
const APPROVED = '"outcome":"approved"';

/** What a till sends about one ticket; the bare route gets the same. */
export function bodyFor(token: string): string {
  return JSON.stringify({ token, ask: { claims: [ASKED] }, reference: 'till 4, receipt 2231' });
}

export function headersFor(key: string): Record<string, string> {
  return { 'content-type': 'application/json', authorization: `Bearer ${key}` };
}

/** Whether an answer's body is an approval. */
export function isApproval(body: string): boolean {
  return body.includes(APPROVED);
}

/** Whom a load is meant for, and what it asks: each request takes the next token. */
export interface Target {
  readonly port: number;
  readonly key: string;
  /** The next token, or null when there is none left, which fails the run. */
  readonly next: () => string | null;
}

/** Hands out each ticket once. */
export function eachOnce(tickets: readonly string[]): () => string | null {
  let used = 0;
  return () => tickets[used++] ?? null;
}

/** What is answered to the next token. `WrongAnswer` unless it is 201. */
export async function answerTo({ port, key, next }: Target): Promise<object> {
  const answer = await fetch(`http://127.0.0.1:${port}${PATH}`, {
    method: 'POST',
    headers: headersFor(key),
    body: bodyFor(next() ?? ''),
  });
  if (answer.status !== 201) throw new WrongAnswer(`answered with status ${answer.status}`);
  return (await answer.json()) as object;
}
