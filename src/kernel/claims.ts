/** The words in which a till asks and a credential answers. */

/** Ages that credentials attest by default. A setting may name others. */
export const DEFAULT_AGES: readonly number[] = [12, 14, 15, 16, 18, 20, 21, 25, 60, 65];

/** Statuses that an officer can attest by default, each with an end date. */
export const DEFAULT_STATUSES: readonly string[] = [
  'student',
  'pensioner',
  'large_family',
  'disability',
  'veteran',
];

/**
 * The most ages and statuses that a service attests. Every copy hides that many digests, real ones and decoys, so that
 * their number tells nothing.
 */
export const MOST_AGES = 16;
export const MOST_STATUSES = 24;

export const IDENTITY_CLAIMS = [
  'family_name',
  'given_name',
  'birth_date',
  'portrait',
  'document_number',
  'nationality',
] as const;

export type IdentityClaim = (typeof IDENTITY_CLAIMS)[number];
export type Claim = `age_over_${number}` | `status_${string}` | IdentityClaim;

/** Which ages and statuses this service attests. */
export interface Vocabulary {
  readonly ages: readonly number[];
  readonly statuses: readonly string[];
}

/** A claim taken apart. */
export type ClaimParts =
  | { readonly kind: 'age'; readonly years: number }
  | { readonly kind: 'status'; readonly type: string }
  | { readonly kind: 'identity'; readonly name: IdentityClaim };

const AGE = /^age_over_([1-9]\d?)$/;
const STATUS = /^status_([a-z][a-z0-9_]{0,31})$/;
/** The shape of every claim name. */
export const CLAIM_SHAPE = /^[a-z][a-z0-9_]{1,48}$/;

/** The parts of a claim's name, or null if no claim is named so. */
export function partsOf(name: string): ClaimParts | null {
  const years = AGE.exec(name)?.[1];
  if (years !== undefined) return { kind: 'age', years: Number(years) };
  const type = STATUS.exec(name)?.[1];
  if (type !== undefined) return { kind: 'status', type };
  const identity = IDENTITY_CLAIMS.find((claim) => claim === name);
  return identity === undefined ? null : { kind: 'identity', name: identity };
}

/** The name as a claim that this service attests, or null. */
export function readClaim(name: string, vocabulary: Vocabulary): Claim | null {
  const parts = partsOf(name);
  if (parts === null) return null;
  if (parts.kind === 'age' && !vocabulary.ages.includes(parts.years)) return null;
  if (parts.kind === 'status' && !vocabulary.statuses.includes(parts.type)) return null;
  return name as Claim;
}

/** Whether a claim tells who somebody is, so that its answers are kept for no longer than a minute. */
export function isIdentity(claim: Claim): boolean {
  return partsOf(claim)?.kind === 'identity';
}
