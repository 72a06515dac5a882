import { Agent, type RequestOptions, request } from 'node:http';
import { OutOfTickets, WrongAnswer } from './bench.ts';
import type { Measure } from './line.ts';
import { bodyFor, headersFor, isApproval, PATH, type Target } from './request.ts';
import { quantile } from './turns.ts';

/** Connections at the most, and the part of the time at the beginning that does not count. */
const CONNECTIONS = 256;
const WARM_UP = 0.2;

interface Load {
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
}

/**
 * Requests at an even pace, whether or not the earlier ones are answered, and each one's time counted from when it
 * was due: what tills see that know nothing of each other. (autocannon's `overallRate` lets every connection send its
 * share of a second at once and then wait, which measures bursts.) `WrongAnswer` unless every answer was 201 and an approval.
 */
export function pace(target: Target, load: Load): Promise<Measure> {
  return paced((agent) => ask(target, agent), load);
}

/** The same with a route that needs nothing. `WrongAnswer` unless every answer was 200. */
export function paceRoute(port: number, path: string, load: Load): Promise<Measure> {
  return paced((agent) => get(port, path, agent), load);
}

type Ask = (agent: Agent) => Promise<void>;

async function paced(askOnce: Ask, load: Load): Promise<Measure> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    return await paceOver(agent, askOnce, load);
  } finally {
    agent.destroy();
  }
}

async function paceOver(agent: Agent, askOnce: Ask, { rate, seconds }: Load): Promise<Measure> {
  const count = Math.round(rate * seconds);
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const began = performance.now();
  while (answers.length < count) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const dueByNow = Math.min(count, ((performance.now() - began) / 1_000) * rate);
    while (answers.length < dueByNow) {
      const nth = answers.length;
      const due = began + (nth * 1_000) / rate;
      const done = askOnce(agent).then(() => {
        if (nth >= count * WARM_UP) times.push(performance.now() - due);
      });
      // What went wrong is told below, once all are on their way.
      done.catch(() => {});
      answers.push(done);
    }
  }
  await Promise.all(answers);
  const took = (performance.now() - began) / 1_000;
  return { rate: count / took, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function ask({ port, key, next }: Target, agent: Agent): Promise<void> {
  const token = next();
  if (token === null) throw new OutOfTickets();
  const body = bodyFor(token);
  const headers = { ...headersFor(key), 'content-length': String(body.length) };
  const options = { agent, host: '127.0.0.1', port, path: PATH, method: 'POST', headers };
  return answered(options, body, (status, text) => status === 201 && isApproval(text));
}

function get(port: number, path: string, agent: Agent): Promise<void> {
  return answered({ agent, host: '127.0.0.1', port, path }, '', (status) => status === 200);
}

function answered(
  options: RequestOptions,
  body: string,
  isRight: (status: number | undefined, text: string) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (isRight(answer.statusCode, text)) resolve();
        else reject(new WrongAnswer(`status ${answer.statusCode}, ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
