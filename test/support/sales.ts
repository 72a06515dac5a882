/**
 * What tills ask while something happens to the service, and the law that holds whatever it was: an approval that a
 * till heard is kept, no ticket is approved twice, and who asks again with the same key learns the truth.
 */

import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { openDatabase } from '../../src/db/database.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import { addTerminal } from '../../src/retailers/terminals/endpoints.ts';
import { createVerification, getVerification } from '../../src/verification/endpoints.ts';
import { fits, HANGING, presentationOf, type RawAnswer, type Scene } from './client.ts';
import type { Copy } from './holder-keys.ts';
import { seeded } from './random.ts';

/** A question about a ticket: the till's key, and the idempotency key if there is one. */
export interface Sale {
  readonly ticket: string;
  readonly till: string;
  readonly key: string | null;
}

/** What came of asking: an answer, a wish to be asked later, or nothing at all. */
export type Heard =
  | { readonly kind: 'told'; readonly id: string; readonly said: string; readonly replayed: boolean }
  | { readonly kind: 'later'; readonly status: number; readonly milliseconds: number }
  | { readonly kind: 'nothing'; readonly begun: boolean };

export interface Asked {
  readonly sale: Sale;
  readonly heard: Heard;
}

/** Whole numbers below one, the same in each run. */
export type Dice = (below: number) => number;

export function dice(seed: number): Dice {
  const random = seeded(seed);
  return (below) => {
    const [a = 0, b = 0] = random(2);
    return (a * 256 + b) % below;
  };
}

const LANES = 16;

/** So many tills of one shop. */
export async function openTills(
  { client }: Scene,
  { token, shop, count }: { token: string; shop: string; count: number },
): Promise<readonly string[]> {
  const tills: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const json = { name: `Till ${at}`, live: true };
    tills.push((await client.ask(addTerminal, 201, { token, params: { id: shop }, json })).body.key ?? '');
  }
  return tills;
}

/** Shows each copy anew: one ticket each. */
export function showAll(scene: Scene, copies: readonly Copy[]): Promise<readonly string[]> {
  return inLanes(copies, async (copy) => {
    const json = { presentation: await presentationOf(scene, copy) };
    return (await scene.client.ask(createPresentation, 201, { json })).body.ticket;
  });
}

/** How tickets are asked about: with a key, without one, at three tills at once, and twice at once with one key. */
export function salesOf(tickets: readonly string[], tills: readonly string[], { round = 0 } = {}): Sale[] {
  return tickets.flatMap((ticket, at): Sale[] => {
    const till = tills[at % tills.length]!;
    const key = `sale-${round}-${at}`;
    if (at % 4 === 0) return [{ ticket, till, key }];
    if (at % 4 === 1) return [{ ticket, till, key: null }];
    if (at % 4 === 2) return tills.slice(0, 3).map((one) => ({ ticket, till: one, key }));
    return [
      { ticket, till, key },
      { ticket, till, key },
    ];
  });
}

/** The same again and again, until something has come of it; for no longer than a hundred times. */
export function* repeated(sales: readonly Sale[], enough: () => boolean): Iterable<Sale> {
  for (let pass = 0; pass < 100; pass += 1) {
    for (const sale of sales) {
      if (enough()) return;
      yield sale;
    }
  }
}

/** Asks all of it, a few at once, and tells of each answer as it comes. */
export function sell(
  url: string,
  sales: Iterable<Sale>,
  heardOne: (heard: Heard, count: number) => void = () => {},
): Promise<readonly Asked[]> {
  let count = 0;
  return inLanes(sales, async (sale) => {
    const heard = await ask(url, sale);
    if (heard.kind !== 'nothing') {
      count += 1;
      heardOne(heard, count);
    }
    return { sale, heard };
  });
}

const agent = new Agent({ keepAlive: true });

/** Asks once. Whatever is answered has to be what the contract documents, whole. */
export async function ask(url: string, { ticket, till, key }: Sale): Promise<Heard> {
  const began = performance.now();
  const body = JSON.stringify({ token: ticket, ask: { claims: ['age_over_18'] } });
  const headers = {
    authorization: `Bearer ${till}`,
    'content-type': 'application/json',
    ...(key !== null && { 'idempotency-key': key }),
  };
  const raw = await exchangeOnce(`${url}${createVerification.path}`, headers, body);
  if (!('status' in raw)) return { kind: 'nothing', ...raw };
  const milliseconds = performance.now() - began;
  const { status, code, text } = fits(createVerification, raw);
  if (status === 200 || status === 201) {
    const { id, outcome, reason } = JSON.parse(text);
    return { kind: 'told', id, said: reason ?? outcome, replayed: status === 200 };
  }
  assert.ok(code === 'unavailable' || code === 'idempotency_in_progress', text);
  if (code === 'unavailable') assert.match(raw.headers['retry-after'] ?? '', /^[1-9]\d*$/);
  return { kind: 'later', status, milliseconds };
}

/** The whole answer, or whether one had begun when the connection went. */
function exchangeOnce(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<RawAnswer | { begun: boolean }> {
  return new Promise((resolve) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const signal = AbortSignal.timeout(HANGING);
    const outgoing = request(
      url,
      { agent, method: 'POST', headers: { ...headers, ...length }, signal },
      (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (part) => (text += part));
        res.on('error', () => resolve({ begun: true }));
        res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
      },
    );
    outgoing.on('error', () => resolve({ begun: false }));
    outgoing.end(body);
  });
}

interface Circumstances {
  /** Whether nothing was ever read of the questions whose tills heard nothing; else those may have been answered. */
  readonly unread?: boolean;
  /** Milliseconds within which the service is well: until then it may still ask tills to come back. */
  readonly wellWithin?: number;
}

/** Asks again about everything, now that the service can be well, and holds it against the law. */
export async function settle(
  scene: Scene,
  asked: readonly Asked[],
  { unread = false, wellWithin = 0 }: Circumstances = {},
): Promise<void> {
  const ill = patience(wellWithin);
  const { client } = scene;
  const again = await inLanes(asked, async (one) => askAgain(client.url, one, ill));
  const tickets = new Set(asked.map(({ sale }) => sale.ticket));
  const stranger = asked[0]!.sale.till;
  await inLanes([...tickets], async (ticket) => {
    const about = [...asked, ...again].filter(({ sale }) => sale.ticket === ticket);
    const approvals = new Map(about.flatMap(approvalOf));
    assert.ok(approvals.size <= 1, `a ticket was approved ${approvals.size} times`);
    const inDoubt = about.some(
      ({ sale, heard }) =>
        sale.key === null && (heard.kind === 'later' || (heard.kind === 'nothing' && !unread)),
    );
    if (!inDoubt) assert.equal(approvals.size, 1, `an approval was lost: ${JSON.stringify(about)}`);
    for (const [id, till] of approvals) {
      const find = () => client.send(getVerification, { token: till, params: { id } });
      let kept = await find();
      while (kept.status === 503 && ill()) kept = await find();
      assert.deepEqual([kept.status, JSON.parse(kept.text).outcome], [200, 'approved']);
    }
    const last = await askUntilTold(client.url, { ticket, till: stranger, key: null }, ill);
    assert.deepEqual(last.kind === 'told' && [last.said, last.replayed], ['already_used', false]);
  });
}

async function askAgain(url: string, { sale, heard }: Asked, ill: () => boolean): Promise<Asked> {
  if (heard.kind === 'told' && sale.key === null) return { sale, heard };
  const again = await askUntilTold(url, sale, ill);
  assert.equal(again.kind, 'told', `asked again: ${JSON.stringify(again)}`);
  if (heard.kind === 'told') assert.deepEqual(again, { ...heard, replayed: true });
  return { sale, heard: again };
}

async function askUntilTold(url: string, sale: Sale, ill: () => boolean): Promise<Heard> {
  let heard = await ask(url, sale);
  // A conflict is a twin with the same key, which is asking at this moment.
  while (heard.kind === 'later' && (heard.status === 409 || ill())) heard = await ask(url, sale);
  return heard;
}

/** Whether so many milliseconds are still to come. */
function patience(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() < end;
}

function approvalOf({ sale, heard }: Asked): [id: string, till: string][] {
  return heard.kind === 'told' && heard.said === 'approved' ? [[heard.id, sale.till]] : [];
}

/** What the tables say of approvals: each is there in all of them, and none of one ticket twice. */
export async function checkBooks(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, 2);
  try {
    const approved: string[] = await db('verifications').where({ outcome: 'approved' }).pluck('id');
    const told: { verification_id: string; presentation_id: string }[] = await db(
      'presentation_askings',
    ).where({ approved: 1 });
    const events: string[] = await db('audit_events')
      .where({ action: 'verification.approved' })
      .pluck('subject');
    const used: string[] = await db('presentations').where({ state: 'used' }).pluck('id');
    const all = await db('verifications').pluck('id');
    const keys: string[] = await db('idempotency_keys').pluck('verification_id');
    assert.deepEqual(told.map((one) => one.verification_id).sort(), approved.sort());
    assert.deepEqual(events.sort(), approved);
    assert.deepEqual(told.map((one) => one.presentation_id).sort(), used.sort());
    const known = new Set(all);
    assert.deepEqual(
      keys.filter((id) => !known.has(id)),
      [],
      'a key stands for a verification that is not there',
    );
  } finally {
    await db.destroy();
  }
}

/** Does the same with each, a few at once. */
async function inLanes<In, Out>(all: Iterable<In>, each: (one: In) => Promise<Out>): Promise<readonly Out[]> {
  const done: Out[] = [];
  const rest = all[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); !next.done; next = rest.next()) done.push(await each(next.value));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
}
