/** What a holder can choose to show: each a set of claims that one copy answers, the least first. */

import type { ClaimPath } from '../../formats/sd-jwt/reveal.ts';
import { type Claim, type ClaimParts, partsOf } from '../../kernel/claims.ts';
import type { CredentialType } from '../../kernel/credential-type.ts';
import { copiesLeft, type Face, passesOf } from './face.ts';
import { passesLeft } from './passes/stock.ts';

export interface Choice {
  /** Stands in the address of its screen: the claims, joined by `+`. */
  readonly id: string;
  readonly type: CredentialType;
  readonly claims: readonly Claim[];
}

/** A choice, and how many times it can be shown before new copies, or new passes, are needed. */
export interface Offered {
  readonly choice: Choice;
  readonly left: number;
  /** Passes, by the service's time. */
  readonly passes: number;
}

/** The age that tills ask for most. It stands first; where it is not reached, the highest that is. */
const USUAL_AGE = 18;

/** What the holder can show, the least telling first: one age, each status, an age with a face, a name with a face. */
export function choicesOf(claims: readonly Claim[]): { usual: readonly Choice[]; more: readonly Choice[] } {
  const ages = agesIn(claims);
  const first = ages.includes(USUAL_AGE) ? USUAL_AGE : ages.at(-1);
  const statuses = claims.filter((claim) => partsOf(claim)?.kind === 'status');
  const usual = [
    ...(first === undefined ? [] : [choice('age', [`age_over_${first}`])]),
    ...statuses.map((claim) => choice('status', [claim])),
  ];
  const portrait = claims.includes('portrait');
  if (portrait && first !== undefined) usual.push(choice('identity', [`age_over_${first}`, 'portrait']));
  const name = (['given_name', 'family_name'] as const).filter((claim) => claims.includes(claim));
  if (name.length > 0) usual.push(choice('identity', portrait ? [...name, 'portrait'] : name));
  const more = ages.filter((age) => age !== first).map((age) => choice('age', [`age_over_${age}`]));
  return { usual, more };
}

/** The same with what is left of each on this phone. */
export function offeredBy(face: Face, choices: readonly Choice[], now: Date): readonly Offered[] {
  return choices.map((one) => {
    const claim = passClaimOf(one);
    const passes = claim === null ? 0 : passesLeft(passesOf(face), claim, now);
    return { choice: one, left: copiesLeft(face, one.type, now).length, passes };
  });
}

/** The claim of a choice that a pass can show: one age or one status, and nothing beside it. */
export function passClaimOf({ type, claims }: Choice): Claim | null {
  const [claim] = claims;
  return type === 'identity' || claims.length !== 1 || claim === undefined ? null : claim;
}

/** The choice with this id, or null if the holder has no such thing to show. */
export function findChoice(claims: readonly Claim[], id: string): Choice | null {
  const { usual, more } = choicesOf(claims);
  return [...usual, ...more].find((one) => one.id === id) ?? null;
}

/** Whether a disclosure stands at a place that the choice shows, for `chooseDisclosures`. */
export function wantedBy({ claims }: Choice): (path: ClaimPath) => boolean {
  const wanted = new Set(claims.flatMap((claim) => placeOf(partsOf(claim))));
  return (path) => wanted.has(path.join('/'));
}

function placeOf(parts: ClaimParts | null): readonly string[] {
  if (parts === null) return [];
  if (parts.kind === 'age') return [`age_equal_or_over/${parts.years}`];
  return [parts.kind === 'status' ? `status_${parts.type}` : parts.name];
}

function agesIn(claims: readonly Claim[]): readonly number[] {
  const parts = claims.map((claim) => partsOf(claim));
  return parts.flatMap((one) => (one?.kind === 'age' ? [one.years] : [])).sort((a, b) => a - b);
}

function choice(type: CredentialType, claims: readonly Claim[]): Choice {
  return { id: claims.join('+'), type, claims };
}
