import { atOnce } from '../support/at-once.ts';
import { bareChecks, checksOf, importVerifying } from '../support/bare-checks.ts';
import type { Bench } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { batchMaker, presentations, type Shown } from '../support/holder.ts';
import { beside, type Line } from '../support/line.ts';
import { peerVerifier } from '../support/peer.ts';
import { type BenchService, openBenchService } from '../support/service.ts';
import { takeTurns } from '../support/turns.ts';

const NAME = 'upload presentation';
const UNIT = 'presentations';
const AT_ONCE = 16;
const AIM = { bare: 0.85, peer: 1.5 };
/** Presentations of a round: each is of a copy that was never shown, since the real ones are. */
const COUNT = { quick: 900, long: 3_000 };

/** Presentations are taken and tickets handed out, beside their bare checks and beside another implementation. */
export async function uploadLines(bench: Bench): Promise<readonly Line[]> {
  const database = await sqliteDatabase();
  const opened = await openBenchService(database.url);
  try {
    bench.say(`${NAME}, ${AT_ONCE} at once`);
    return await measure(bench, opened);
  } finally {
    await opened.service.close();
    await database.remove();
  }
}

async function measure(bench: Bench, opened: BenchService): Promise<readonly Line[]> {
  const { service } = opened;
  const makeBatch = await batchMaker(opened);
  const [issuer] = service.ring.published('issuer');
  if (issuer === undefined) throw new Error('there is no issuer key');
  const issuerKey = await importVerifying(issuer);
  const peer = await peerVerifier(issuer);
  const sidesFor = async (count: number) => {
    const shown = await presentations(opened, makeBatch, count);
    const checks = shown.map(({ text }) => checksOf(text));
    return {
      bare: () => atOnce(AT_ONCE, checks, (one) => bareChecks(issuerKey, one)),
      ours: () => atOnce(AT_ONCE, shown, ({ text }: Shown) => service.presentations.accept(text)),
      peer: () => atOnce(AT_ONCE, shown, peer),
    };
  };
  await takeTurns(1, () => sidesFor(COUNT.quick / 3));
  const turns = await takeTurns(bench.rounds.here, () => sidesFor(bench.long ? COUNT.long : COUNT.quick));
  const peerNote = 'the floor is @sd-jwt/sd-jwt-vc, which only verifies';
  return [
    beside({ name: NAME, unit: UNIT, aim: AIM.bare }, turns.ours, turns.bare),
    beside({ name: `${NAME}, peer`, unit: UNIT, aim: AIM.peer, note: peerNote }, turns.ours, turns.peer),
  ];
}
