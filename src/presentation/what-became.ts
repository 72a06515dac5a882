import { equalBytes, textOf, utf8 } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Clock } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import { open } from '../keys/sealed.ts';
import type { Bell } from './bell.ts';
import type { Asking, KeptPresentation } from './presentation.ts';
import type { AskingStore, PresentationStore } from './store.ts';
import { askingKey } from './ticket-seal.ts';

/** What became of a presentation, for its wallet's eyes. */
export interface WhatBecame {
  readonly id: Id<'presentation'>;
  readonly state: 'waiting' | 'used' | 'voided' | 'expired';
  readonly expiresAt: Date;
  readonly askings: readonly Asking[];
}

interface Needs {
  readonly presentations: Pick<PresentationStore, 'find'>;
  readonly askings: Pick<AskingStore, 'of'>;
  readonly now: Clock;
  readonly bell: Bell;
}

/** Milliseconds after which a stream looks by itself, for what another process did. */
const LOOK_EVERY = 2_000;

/** Who asked what, and was told what. `not_found` unless the secret is that presentation's. */
export async function whatBecame(needs: Needs, id: Id<'presentation'>, secret: string): Promise<WhatBecame> {
  const presentation = await needs.presentations.find(id);
  if (presentation === null || !equalBytes(utf8(hash(secret)), utf8(presentation.secretHash))) {
    throw new Fault('not_found', 'There is no such presentation, or the secret is not its own.');
  }
  const kept = await needs.askings.of(id);

  const key = askingKey(secret);
  const askings = kept.flatMap(({ sealedAsking }) => {
    const plain = open(key, sealedAsking, `asking ${id}`);
    const text = plain === null ? null : textOf(plain);
    return text === null ? [] : [JSON.parse(text) as Asking];
  });
  return { id, state: stateOf(presentation, needs.now()), expiresAt: presentation.expiresAt, askings };
}

/** The same, again at each change, until nothing more can happen. */
export async function* follow(
  needs: Needs,
  id: Id<'presentation'>,
  secret: string,
  signal: AbortSignal,
): AsyncGenerator<WhatBecame> {
  let last = '';
  while (!signal.aborted) {
    const became = await whatBecame(needs, id, secret);
    const seen = `${became.state} ${became.askings.length}`;
    if (seen !== last) yield became;
    if (became.state !== 'waiting') return;
    last = seen;
    const untilOver = became.expiresAt.getTime() - needs.now().getTime();
    await needs.bell.wait(id, Math.max(1, Math.min(LOOK_EVERY, untilOver)), signal);
  }
}

function stateOf(presentation: KeptPresentation, now: Date): WhatBecame['state'] {
  if (presentation.state !== 'open') return presentation.state;
  return presentation.expiresAt <= now ? 'expired' : 'waiting';
}
