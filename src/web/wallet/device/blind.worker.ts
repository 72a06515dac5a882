/** Blinds and finalizes, away from the thread that draws the page. */

import { inlineBlinder } from '../passes/blinder.ts';
import type { BlindingAnswer, BlindingTask } from './blinding.ts';

const blinder = inlineBlinder((length) => crypto.getRandomValues(new Uint8Array(length)));

self.onmessage = async ({ data: task }: MessageEvent<BlindingTask>) => {
  const value =
    task.verb === 'blind'
      ? await blinder.blind(task.spki, task.deviceKeys)
      : await blinder.finalize(task.spki, task.blinded, task.signatures);
  self.postMessage({ id: task.id, value } satisfies BlindingAnswer);
};
