import autocannon from 'autocannon';
import { OutOfTickets, WrongAnswer } from './bench.ts';
import type { Measure } from './line.ts';
import { bodyFor, headersFor, isApproval, PATH, type Target } from './request.ts';

/** How often it looks whether the time is over. */
const SAMPLE_MS = 100;

/** Connections, and how many seconds they last. */
export interface Load {
  readonly connections: number;
  readonly seconds: number;
}

/**
 * As many requests as so many connections get answered: each sends its next one when it has its answer. Throws
 * `WrongAnswer` unless every answer was 201 and an approval.
 */
export async function saturate(target: Target, { connections, seconds }: Load): Promise<Measure> {
  let ranOut = false;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    const token = target.next();
    ranOut ||= token === null;
    request.body = bodyFor(token ?? '');
    return request;
  };
  const result = await autocannon({
    url: `http://127.0.0.1:${target.port}`,
    connections,
    duration: seconds,
    sampleInt: SAMPLE_MS,
    requests: [{ method: 'POST', path: PATH, headers: headersFor(target.key), setupRequest }],
    verifyBody: (body) => isApproval(String(body)),
  });
  if (ranOut) throw new OutOfTickets();
  checkAnswers(result);
  return {
    rate: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

function checkAnswers({ statusCodeStats = {}, mismatches, errors, requests }: autocannon.Result): void {
  const statuses = Object.keys(statusCodeStats).join(', ');
  if (requests.total === 0) throw new WrongAnswer('nothing was answered');
  if (statuses !== '201') throw new WrongAnswer(`answered with status ${statuses}`);
  if (mismatches > 0) throw new WrongAnswer(`${mismatches} answers were no approvals`);
  if (errors > 0) throw new WrongAnswer(`${errors} requests had no answer`);
}
