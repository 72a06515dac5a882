import type { webcrypto } from 'node:crypto';
import { BATCH_SIZE } from '../../src/issuance/metadata.ts';
import { atOnce } from '../support/at-once.ts';
import { bareSignatures, importVerifying, signingKeys } from '../support/bare-checks.ts';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { type Batch, batchMaker } from '../support/holder.ts';
import { beside, type Line } from '../support/line.ts';
import { type BenchService, openBenchService } from '../support/service.ts';
import { takeTurns } from '../support/turns.ts';

const NAME = `issue ${BATCH_SIZE} copies`;
const UNIT = 'batches';
/** At most three times the cost of the signatures. */
const AIM = 0.333;
const COUNT = { quick: 25, long: 100 };

/** A batch of copies is issued, beside its bare signatures, and beside these and the checks of its key proofs. */
export async function issueLines(bench: Bench): Promise<readonly Line[]> {
  const database = await sqliteDatabase();
  const opened = await openBenchService(database.url);
  try {
    bench.say(NAME);
    return await measure(bench, opened);
  } finally {
    await opened.service.close();
    await database.remove();
  }
}

async function measure(bench: Bench, opened: BenchService): Promise<readonly Line[]> {
  const makeBatch = await batchMaker(opened);
  const keys = await signingKeys();
  const sidesFor = async (count: number) => {
    const batches: Batch[] = [];
    while (batches.length < count) batches.push(await makeBatch());
    return {
      bare: () => atOnce(1, batches, () => bareSignatures(keys, BATCH_SIZE)),
      proofs: () => atOnce(1, batches, (batch) => signaturesAndProofs(keys, batch)),
      ours: () => atOnce(1, batches, (batch) => issue(opened, batch)),
    };
  };
  await takeTurns(1, () => sidesFor(COUNT.quick));
  const turns = await takeTurns(bench.rounds.here, () => sidesFor(bench.long ? COUNT.long : COUNT.quick));
  const note = 'the floor also imports the 30 keys and verifies their proofs';
  return [
    beside({ name: NAME, unit: UNIT, aim: AIM }, turns.ours, turns.bare),
    beside({ name: `${NAME}, all cryptography`, unit: UNIT, note }, turns.ours, turns.proofs),
  ];
}

async function issue({ service }: BenchService, { caller, request }: Batch): Promise<void> {
  const { credentials } = await service.issuance.issue(caller, request);
  if (credentials.length !== BATCH_SIZE) throw new WrongAnswer(`${credentials.length} copies were issued`);
}

async function signaturesAndProofs(
  keys: webcrypto.CryptoKeyPair,
  { request, devices }: Batch,
): Promise<void> {
  const checked = request.proofs.map(async (proof, at) => {
    const jwk = devices[at]?.jwk;
    if (jwk === undefined) throw new Error('there are more proofs than keys');
    const key = await importVerifying(jwk);
    const end = proof.lastIndexOf('.');
    const [data, signature] = [
      Buffer.from(proof.slice(0, end)),
      Buffer.from(proof.slice(end + 1), 'base64url'),
    ];
    return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data);
  });
  if (!(await Promise.all(checked)).every((holds) => holds)) throw new WrongAnswer('a bare check failed');
  await bareSignatures(keys, BATCH_SIZE);
}
