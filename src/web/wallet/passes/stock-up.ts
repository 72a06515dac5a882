/** Stocking up: the whole number of passes for every claim of the holder, one request after another. */

import { type Face, passesOf } from '../face.ts';
import type { Phone } from '../phone.ts';
import { type OpenVault, readFace } from '../vault.ts';
import { type Asker, askerOf } from './ask.ts';
import type { Blinder } from './blinder.ts';
import { correctedNow, type Distrust, type PassBook, writeBook } from './book.ts';
import { wholeSeconds } from './clock.ts';
import { believed, type Directory, fetchDirectory } from './directory.ts';
import { drawnFor } from './draws.ts';
import { type FetchOutcome, fetchPasses, type Wanted } from './fetch-passes.ts';
import { keyIdOf, stockPlan } from './plan.ts';
import { hadKeys } from './stock.ts';

/** How far it is, in passes. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type StockTrouble = Exclude<FetchOutcome, 'kept'> | Distrust;

export interface StockedUp {
  /** How many passes are new. */
  readonly kept: number;
  /** Why there are not all, or null. */
  readonly trouble: StockTrouble | null;
}

export interface StockNeeds {
  readonly phone: Pick<Phone, 'shelf' | 'world' | 'fetch'>;
  readonly blinder: Blinder;
  readonly tell?: (progress: Progress) => void;
}

/** What stands between two requests: nothing more is sent after one of these. */
const FINAL: readonly FetchOutcome[] = ['unreachable', 'busy', 'stale'];

/** Reads the directory anew and writes down what it says, or why it is not believed. */
export async function lookIntoDirectory(
  { shelf, world }: StockNeeds['phone'],
  asker: Asker,
  issuer: string,
): Promise<{ readonly book: PassBook; readonly directory: Directory } | Distrust | 'unreachable'> {
  const read = await fetchDirectory(asker, issuer);
  if (read === null) return 'unreachable';
  if (typeof read === 'string') {
    await writeBook(shelf, () => ({ distrust: read }));
    return read;
  }
  const clock = asker.clock();
  const book = await writeBook(shelf, (was) => {
    const clockOffset = clock === null ? was.clockOffset : wholeSeconds(clock);
    const clocks = [world.now(), correctedNow({ ...was, clockOffset }, world)] as const;
    const seen = believed(was.seen, read, clocks);
    if (seen === null) return { distrust: 'changed' };
    const draws = drawnFor(seen, was.draws, world.random);
    return { seen, draws, clockOffset, perWindow: read.perWindow, distrust: null };
  });
  return book.distrust ?? { book, directory: read };
}

/**
 * Fetches what it is time to fetch with a holder's token, and tells how far it is. What was fetched is kept at once,
 * so that nothing is lost where it ends early; begun again, it goes on. Never to be called because of a showing.
 */
export async function stockUp(
  { phone, blinder, tell = () => {} }: StockNeeds,
  vault: Pick<OpenVault, 'passes'>,
  token: string,
): Promise<StockedUp> {
  const face = await readFace(phone.shelf);
  if (face === null) return { kept: 0, trouble: null };
  const asker = askerOf(phone);
  const looked = await lookIntoDirectory(phone, asker, face.issuer);
  if (typeof looked === 'string') return { kept: 0, trouble: looked };
  const { book, directory } = looked;
  const box = vault.passes;
  await box.sweep(new Set(book.seen.filter(({ withdrawn }) => withdrawn).map(keyIdOf)));
  const wanted = wantedOf(book, directory, face, correctedNow(book, phone.world));

  const needs = { asker, box, blinder, issuer: face.issuer, token };
  const progress = counter(wanted, tell);
  const outcomes: [Wanted, FetchOutcome][] = [];
  for (const one of wanted) {
    const outcome = await fetchPasses(needs, one);
    outcomes.push([one, outcome]);
    if (FINAL.includes(outcome)) break;
    progress(one);
  }
  const clock = asker.clock();
  if (clock !== null) await writeBook(phone.shelf, () => ({ clockOffset: wholeSeconds(clock) }));
  const kept = outcomes.filter(([, outcome]) => outcome === 'kept');
  // Where some were signed the person is in good standing, and what was refused is over: it is not asked again.
  for (const [{ key }, outcome] of outcomes) {
    if (kept.length > 0 && outcome === 'not_entitled') await box.answered(key, []);
  }
  return { kept: kept.reduce((sum, [{ count }]) => sum + count, 0), trouble: troubleIn(outcomes) };
}

/** All that is planned, in the order of the directory, which is the same for everybody. */
function wantedOf(
  { seen, draws, perWindow }: PassBook,
  { keys }: Directory,
  face: Face,
  now: Date,
): readonly Wanted[] {
  const plan = stockPlan({ seen, draws, claims: face.claims, had: hadKeys(passesOf(face)) }, now);
  return keys.flatMap(({ keyId, spki }): Wanted[] => {
    const key = plan.find((one) => one.keyId === keyId);
    return key === undefined ? [] : [{ key, spki, count: perWindow }];
  });
}

function counter(wanted: readonly Wanted[], tell: (progress: Progress) => void): (one: Wanted) => void {
  const total = wanted.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  if (total > 0) tell({ done, total });
  return ({ count }) => {
    done += count;
    tell({ done, total });
  };
}

/** What ended it early comes first, then what is wrong with the service, then what holds for all that was asked. */
function troubleIn(outcomes: readonly [Wanted, FetchOutcome][]): StockTrouble | null {
  const all = outcomes.map(([, outcome]) => outcome);
  const grave = [...FINAL, 'bad_answer', 'refused'].find((one) => all.some((outcome) => outcome === one));
  if (grave !== undefined && grave !== 'kept') return grave as StockTrouble;
  if (all.length === 0 || all.includes('kept')) return null;
  return all.includes('not_entitled') ? 'not_entitled' : 'taken';
}
