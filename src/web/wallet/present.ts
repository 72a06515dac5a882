/** Making a presentation of one copy and getting a ticket for it. */

import { isJsonObject, member } from '../../formats/json.ts';
import type { DeviceSigner } from '../../formats/jws.ts';
import { bindKey } from '../../formats/sd-jwt/key-binding.ts';
import { chooseDisclosures } from '../../formats/sd-jwt/present.ts';
import { readTicket, type Ticket } from '../../formats/ticket.ts';
import type { Clock } from '../../kernel/world.ts';
import { type Called, call, type Fetch } from './call.ts';
import { type Choice, wantedBy } from './choice.ts';

/** Milliseconds for which a ticket is good at the most. The service says when it ends, to the second. */
const LONGEST = 58_000;

/** A copy that was taken out of the vault to be shown. */
export interface TakenCopy {
  readonly id: string;
  readonly credential: string;
  readonly device: DeviceSigner;
}

/** A ticket for the screen, on the phone's own clock. */
export interface LiveTicket {
  readonly id: string;
  readonly digits: Ticket;
  readonly secret: string;
  readonly shownFrom: number;
  readonly expiresAt: number;
  /** Milliseconds that signing and uploading took, for those who measure. */
  readonly took: { readonly signing: number; readonly uploading: number };
}

export type PresentTrouble =
  | 'unreachable'
  | 'no_copies'
  | 'suspended'
  | 'revoked'
  | 'clock'
  | 'busy'
  | 'refused';

/** Where the service is, and a nonce of it with its clock. */
export interface Audience {
  readonly issuer: string;
  readonly nonce: string;
  readonly servedAt: Date | null;
}

interface Needs {
  readonly fetch: Fetch;
  readonly now: Clock;
}

/** Presents a copy with the claims of a choice and no other, bound to this audience and nonce, and uploads it. */
export async function present(
  { fetch, now }: Needs,
  copy: TakenCopy,
  choice: Choice,
  { issuer, nonce, servedAt }: Audience,
): Promise<LiveTicket | PresentTrouble> {
  const chosen = chooseDisclosures(copy.credential, wantedBy(choice));
  if (chosen === null) throw new Error('a kept copy is not an SD-JWT');
  const started = now().getTime();
  const binding = { audience: issuer, nonce, issuedAt: servedAt ?? now() };
  const presentation = await bindKey(chosen, copy.device, binding);
  const signed = now().getTime();
  const answer = await call(fetch, `${issuer}/v1/presentations`, { method: 'POST', json: { presentation } });
  const done = now().getTime();
  if (answer === null || answer.status >= 500) return 'unreachable';
  if (answer.status !== 201) return troubleIn(answer);
  const took = { signing: signed - started, uploading: done - signed };
  return ticketIn(answer, { at: done, took }) ?? 'refused';
}

function ticketIn(
  { body, servedAt }: Called,
  { at, took }: { at: number; took: LiveTicket['took'] },
): LiveTicket | null {
  const { id, ticket, secret, expires_at: end } = body;
  const digits = typeof ticket === 'string' ? readTicket(ticket) : null;
  if (digits === null || typeof id !== 'string' || typeof secret !== 'string') return null;
  const expires = new Date(typeof end === 'string' ? end : Number.NaN).getTime();
  if (Number.isNaN(expires)) return null;
  // A phone's clock may be off, so the ticket's life is counted from the service's own.
  const life = expires - (servedAt?.getTime() ?? at);
  return { id, digits, secret, shownFrom: at, expiresAt: at + Math.min(Math.max(life, 0), LONGEST), took };
}

/** Which check failed, as far as a holder can do something about it. */
function troubleIn({ status, body }: Called): PresentTrouble {
  if (status === 429) return 'busy';
  const errors = member(body, 'errors');
  const [first] = Array.isArray(errors) ? errors : [];
  const code = isJsonObject(first) ? member(first, 'code') : undefined;
  if (code === 'suspended') return 'suspended';
  if (code === 'unknown_copy' || code === 'revoked') return 'revoked';
  return code === 'key_binding_too_old' || code === 'key_binding_in_the_future' ? 'clock' : 'refused';
}
