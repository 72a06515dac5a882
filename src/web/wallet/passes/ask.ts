/** Requests about passes: each waits so long and no longer, and each tells how far the phone's clock is off. */

import type { JsonObject } from '../../../formats/json.ts';
import { isJsonObject } from '../../../formats/json.ts';
import { type Asked, callText } from '../call.ts';
import type { Phone } from '../phone.ts';
import { narrowed, type OffsetRange } from './clock.ts';

const PATIENCE = 20_000;

export interface HeardAnswer {
  readonly status: number;
  readonly text: string;
  /** The answer's JSON object; null where it was none. */
  readonly body: JsonObject | null;
}

/** Asks one after another, and gathers what their dates say of the clock. */
export interface Asker {
  /** Null if no answer came. */
  ask(url: string, asked?: Asked): Promise<HeardAnswer | null>;
  /** What is known of the phone's clock so far. */
  clock(): OffsetRange | null;
}

export function askerOf({ fetch, world }: Pick<Phone, 'fetch' | 'world'>): Asker {
  let clock: OffsetRange | null = null;
  return {
    clock: () => clock,
    async ask(url, asked = {}) {
      const sentAt = world.now().getTime();
      const answer = await callText(fetch, url, { patience: PATIENCE, ...asked });
      if (answer === null) return null;
      const { status, text, servedAt } = answer;
      const heardAt = world.now().getTime();
      if (servedAt !== null) clock = narrowed(clock, { sentAt, heardAt, servedAt: servedAt.getTime() });
      return { status, text, body: objectIn(text) };
    },
  };
}

function objectIn(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
