import type { Actor } from '../audit/event.ts';
import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import * as contract from './endpoints.ts';
import type { IssuerKey } from './issuer-key.ts';
import type { KeyRing } from './key-ring.ts';
import type { ScheduleAsked, Scheduled } from './schedule-rotation.ts';

/** Published keys change once in months; half an hour of caching costs nothing, since a next key is known early. */
const CACHED = { 'Cache-Control': 'public, max-age=1800' };

/** The use cases of scheduled rotation, with what they need already given. */
export interface ScheduleVerbs {
  read(): Promise<Scheduled>;
  set(asked: ScheduleAsked | null, actor: Actor): Promise<Scheduled>;
}

interface Needs {
  readonly ring: KeyRing;
  readonly issuerUrl: string;
  readonly rotate: (actor: Actor) => Promise<void>;
  readonly schedule: ScheduleVerbs;
}

export function keyRoutes(web: Web, { ring, issuerUrl, rotate, schedule }: Needs): void {
  serve(web, contract.listKeys, async () => reply(200, keyList(ring)));

  serve(web, contract.rotateKeysNow, async ({ caller }) => {
    await rotate(caller.actor);
    await ring.refresh();
    return reply(200, keyList(ring));
  });

  serve(web, contract.getKeySchedule, async () => reply(200, shownSchedule(await schedule.read())));

  serve(web, contract.setKeySchedule, async ({ body: { every_days, next_at }, caller }) => {
    const nextAt = next_at === undefined ? null : new Date(next_at);
    const asked = every_days === null ? null : { everyDays: every_days, nextAt };
    return reply(200, shownSchedule(await schedule.set(asked, caller.actor)));
  });

  serve(web, contract.getJwks, async () => {
    return reply(200, { keys: [...ring.published('issuer', 'document')] }, CACHED);
  });

  serve(web, contract.getTestJwks, async () => {
    return reply(200, { keys: [...ring.published('test')] }, CACHED);
  });

  serve(web, contract.getJwtVcIssuer, async () => {
    return reply(200, { issuer: issuerUrl, jwks: { keys: [...ring.published('issuer')] } }, CACHED);
  });

  serve(web, contract.getRootCertificate, async () => {
    const { toPem } = await import('../formats/x509.ts');
    return reply(200, toPem(ring.root()), CACHED);
  });
}

function keyList(ring: KeyRing) {
  const data = ring.all().map(shown);
  return { object: 'list' as const, data, has_more: false, next_cursor: null };
}

function shown(key: IssuerKey) {
  return {
    id: key.id,
    object: 'issuer_key' as const,
    purpose: key.purpose,
    state: key.state,
    issuer_url: key.issuerUrl,
    created_at: key.createdAt.toISOString(),
    retired_at: key.retiredAt?.toISOString() ?? null,
  };
}

function shownSchedule({ schedule, earliest }: Scheduled) {
  return {
    object: 'key_schedule' as const,
    every_days: schedule?.everyDays ?? null,
    next_at: schedule?.nextAt.toISOString() ?? null,
    earliest_at: earliest.toISOString(),
  };
}
