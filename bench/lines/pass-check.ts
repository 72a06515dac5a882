import { constants, createPublicKey, KeyObject, verify } from 'node:crypto';
import { type Pass, passMessage, readPass } from '../../src/formats/pass.ts';
import { passChecker } from '../../src/judgement/check-pass.ts';
import { readToken } from '../../src/judgement/read-token.ts';
import { windowAt } from '../../src/passes/pass-key.ts';
import { atOnce } from '../support/at-once.ts';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { beside, type Line } from '../support/line.ts';
import { type BenchPassKey, makePassKey, shownPasses } from '../support/passes.ts';
import { ASKED } from '../support/service.ts';
import { takeTurns } from '../support/turns.ts';

const NAME = 'check a pass';
const AIM = 0.8;
/** Passes of a round, and how often each is checked, since making one takes longer. */
const COUNT = { quick: 400, long: 1_500 };
const AGAIN = 5;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** Digits are read and both signatures checked, one after another, beside the same cryptography with nothing around it. */
export async function passCheckLine(bench: Bench): Promise<Line> {
  bench.say(NAME);
  const key = makePassKey();
  const [check, bareCheck] = [ourCheck(key), bareChecker(key)];
  const sidesFor = async (count: number) => {
    const once = await shownPasses(key, count, new Date());
    const shown = Array.from({ length: AGAIN }, () => once).flat();
    const read = shown.map(readOrThrow);
    return { bare: () => atOnce(1, read, bareCheck), ours: () => atOnce(1, shown, check) };
  };
  await takeTurns(1, () => sidesFor(COUNT.quick));
  const turns = await takeTurns(bench.rounds.here, () => sidesFor(bench.long ? COUNT.long : COUNT.quick));
  return beside({ name: NAME, unit: 'passes', aim: AIM }, turns.ours, turns.bare);
}

/** As the service does and the till without a network: from the digits to whether they hold. */
function ourCheck({ keyId, spki }: BenchPassKey): (digits: string) => Promise<void> {
  const { notBefore, expiresAt } = windowAt(new Date(), 1);
  const listed = { keyId, spki, claim: ASKED, notBefore, expiresAt, withdrawnAt: null } as const;
  const check = passChecker((id) => (id === keyId ? listed : null));
  return async (digits) => {
    const token = readToken(digits, true);
    if (token.kind !== 'pass') throw new WrongAnswer('a pass was not read');
    const { shown } = await check(token.pass);
    if (!shown.holds) throw new WrongAnswer('a good pass did not hold');
  };
}

/**
 * The least that the signatures of a pass can cost in one thread: an RSA-PSS verification with a key that is there,
 * the import of a compressed point, and an ES256 verification, each in the fastest way that Node has.
 */
function bareChecker({ spki }: BenchPassKey): (pass: Pass) => Promise<void> {
  const signingKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const pss = { key: signingKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  return async ({ deviceKey, signature, showing, deviceSignature }) => {
    const issued = verify('sha384', passMessage(deviceKey), pss, signature);
    const point = new Uint8Array(deviceKey);
    const imported = await crypto.subtle.importKey('raw', point, P256, true, ['verify']);
    const es256 = { key: KeyObject.from(imported), dsaEncoding: 'ieee-p1363' as const };
    const shown = verify('sha256', showing, es256, deviceSignature);
    if (!issued || !shown) throw new WrongAnswer('a bare check failed');
  };
}

function readOrThrow(digits: string): Pass {
  const pass = readPass(digits);
  if (pass === null) throw new WrongAnswer('a pass was not read');
  return pass;
}
