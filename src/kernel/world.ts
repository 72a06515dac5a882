import type { Bytes } from './bytes.ts';

/** Answers the present instant. */
export type Clock = () => Date;

/** Answers that many unpredictable bytes. */
export type Random = (length: number) => Bytes;

/** Time and chance, which enter the program by its entry point only. */
export interface World {
  readonly now: Clock;
  readonly random: Random;
}
