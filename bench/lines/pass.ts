import type { Bench } from '../support/bench.ts';
import type { Line } from '../support/line.ts';
import { passCheckLine } from './pass-check.ts';
import { passSignLines } from './pass-sign.ts';
import { passVerifyLine } from './pass-verify.ts';

/** Passes are checked, answered and signed, each beside what its cryptography or its request costs alone. */
export async function passLines(bench: Bench): Promise<readonly Line[]> {
  return [await passCheckLine(bench), await passVerifyLine(bench), ...(await passSignLines(bench))];
}
