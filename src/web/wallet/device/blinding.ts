/** The blinder of a browser: a worker, so that the page stays quick while dozens of passes are made. */

import type { BlindedKey, Blinder } from '../passes/blinder.ts';

export type BlindingTask = { readonly id: number; readonly spki: Uint8Array } & (
  | { readonly verb: 'blind'; readonly deviceKeys: readonly Uint8Array[] }
  | {
      readonly verb: 'finalize';
      readonly blinded: readonly BlindedKey[];
      readonly signatures: readonly string[];
    }
);

type Blinded = Awaited<ReturnType<Blinder['blind']>>;
type Finalized = Awaited<ReturnType<Blinder['finalize']>>;

export interface BlindingAnswer {
  readonly id: number;
  readonly value: Blinded | Finalized;
}

/** Starts the worker; whoever gets it closes it. Rejects what is asked if the worker could not be loaded. */
export function workerBlinder(): Blinder {
  const worker = new Worker(new URL('./blind.worker.ts', import.meta.url), { type: 'module' });
  let tasks = 0;
  const run = (task: BlindingTask): Promise<Blinded | Finalized> =>
    new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<BlindingAnswer>) => {
        if (data.id === task.id) resolve(data.value);
      });
      worker.addEventListener('error', () => reject(new Error('the worker failed')));
      worker.postMessage(task);
    });
  return {
    blind: async (spki, deviceKeys) =>
      (await run({ id: tasks++, verb: 'blind', spki, deviceKeys })) as Blinded,
    finalize: async (spki, blinded, signatures) =>
      (await run({ id: tasks++, verb: 'finalize', spki, blinded, signatures })) as Finalized,
    close: () => worker.terminate(),
  };
}
