import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Accepted } from './accept-presentation.ts';
import * as contract from './endpoints.ts';
import type { WhatBecame } from './what-became.ts';

/** The use cases of presentations, with what they need already given. */
export interface PresentationVerbs {
  accept(text: string): Promise<Accepted>;
  whatBecame(id: Id<'presentation'>, secret: string): Promise<WhatBecame>;
  follow(id: Id<'presentation'>, secret: string, signal: AbortSignal): AsyncIterable<WhatBecame>;
}

export function presentationRoutes(web: Web, presentations: PresentationVerbs): void {
  serve(web, contract.createPresentation, async ({ body }) => {
    const { id, ticket, expiresAt, secret } = await presentations.accept(body.presentation);
    const object = 'presentation' as const;
    return reply(201, { id, object, ticket, expires_at: expiresAt.toISOString(), secret });
  });

  serve(web, contract.getPresentation, async ({ params, headers, signal }) => {
    const secret = /^Bearer +([\w-]{43})$/i.exec(headers.authorization ?? '')?.[1];
    if (secret === undefined)
      throw new Fault('unauthenticated', "The upload's secret is needed as a bearer token.");
    const now = shown(await presentations.whatBecame(params.id, secret));
    if (!headers.accept?.includes('text/event-stream')) return reply(200, now);
    return reply(200, each(presentations.follow(params.id, secret, signal)));
  });
}

async function* each(states: AsyncIterable<WhatBecame>) {
  for await (const state of states) yield shown(state);
}

function shown({ id, state, expiresAt, askings }: WhatBecame) {
  return {
    id,
    object: 'presentation' as const,
    state,
    expires_at: expiresAt.toISOString(),
    askings: askings.map(({ askedAt, retailer, asked, outcome, reason, told }) => ({
      asked_at: askedAt,
      retailer,
      asked: [...asked],
      outcome,
      reason,
      told: told as Record<string, true | string>,
    })),
  };
}
