/** What a scan came to, in words for the cashier: at most six of reason and one next step, about the code alone. */

import type { NextStep, Reason } from '../../judgement/verdict.ts';
import { partsOf } from '../../kernel/claims.ts';
import { type Key, type Said, said } from '../language/words.ts';

/** Each has a colour, a shape, a sound and a vibration of its own. */
export type Tone = 'approved' | 'refused' | 'again';

/** The answer of the service, as far as a till shows it. */
export interface Answer {
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  readonly next_step: NextStep;
  readonly claims: Readonly<Record<string, string | true>>;
  readonly discount_codes?: readonly string[] | undefined;
  readonly claims_expired?: true | undefined;
}

export interface Result {
  readonly tone: Tone;
  /** What it is, in large. */
  readonly words: readonly Said[];
  /** What to do now. */
  readonly next: Said;
  /** What the policy asked for and the holder consented to; gone with the result. */
  readonly person: Person | null;
  readonly discountCodes: readonly string[];
}

export interface Person {
  readonly portrait: string | null;
  readonly lines: readonly { readonly label: Said; readonly text: string }[];
}

/** What each reason says of the code. Three say the same, so that nobody's standing can be read off a screen. */
const WORDS = {
  malformed_token: 'result.malformed',
  unknown_token: 'result.unknown',
  expired: 'result.expired',
  not_yet_valid: 'result.not_yet',
  already_used: 'result.used',
  claim_not_presented: 'result.not_presented',
  claim_not_satisfied: 'result.not_confirmed',
  suspended: 'result.not_confirmed',
  revoked: 'result.not_confirmed',
  bad_signature: 'result.not_trusted',
  unknown_issuer: 'result.not_trusted',
} as const satisfies Record<Reason, Key>;

/** Where a new code of the same holder is likely to do, the till asks again instead of refusing. */
const ASK_AGAIN: ReadonlySet<Reason> = new Set([
  'malformed_token',
  'unknown_token',
  'expired',
  'not_yet_valid',
  'claim_not_presented',
]);

const NEXT = {
  sell: 'next.sell',
  compare_portrait: 'next.compare',
  ask_for_new_code: 'next.new_code',
  ask_for_physical_id: 'next.document',
  refuse: 'next.refuse',
} as const satisfies Record<NextStep, Key>;

/** The result that an answer of the service is. */
export function resultOf(answer: Answer): Result {
  if (answer.outcome === 'approved') return approved(answer);
  const next = said(NEXT[answer.next_step]);
  const reason = answer.reason ?? 'malformed_token';
  return plain(ASK_AGAIN.has(reason) ? 'again' : 'refused', said(WORDS[reason]), next);
}

/** What is no code of ours: a product's barcode, a link, digits that are cut short. */
export function notACode(): Result {
  return plain('again', said('result.malformed'), said('next.scan_phone'));
}

/** A test code at a till that sells, or a real one at a till that tries things out. */
export function otherKind(live: boolean): Result {
  return plain('again', said(live ? 'result.test_code' : 'result.real_code'), said('next.new_code'));
}

/** The same code once more: never a fresh approval. */
export function alreadyScanned(time: Date): Result {
  return plain('again', said('result.scanned', { time }), said('next.new_code'));
}

/** A scan before anything was chosen. */
export function nothingChosen(): Result {
  return plain('again', said('result.nothing_chosen'), said('next.choose'));
}

/** A question that this shop may not ask, or about a rule that is gone. */
export function notAsked(why: 'not_permitted' | 'unknown_policy'): Result {
  const word = why === 'not_permitted' ? 'result.not_permitted' : 'result.rule_gone';
  return plain('again', said(word), said('next.choose_other'));
}

/** What only the service can check: a ticket, or a rule that is not to be checked without it. */
export function needsNetworkNow(): Result {
  return plain('again', said('result.needs_network'), said('next.when_back'));
}

function plain(tone: Tone, word: Said, next: Said): Result {
  return { tone, words: [word], next, person: null, discountCodes: [] };
}

function approved({ claims, next_step, discount_codes = [] }: Answer): Result {
  const compares = next_step === 'compare_portrait';
  const confirmed = Object.keys(claims).flatMap(confirmedWord);
  const only = compares ? said('next.compare') : said('result.approved');
  return {
    tone: 'approved',
    words: confirmed.length === 0 ? [only] : confirmed,
    next: confirmed.length === 0 && compares ? said('next.same_face') : said(NEXT[next_step]),
    person: personIn(claims),
    discountCodes: discount_codes,
  };
}

/** An age or a status, which is confirmed by being answered. Identity is shown, not worded. */
function confirmedWord(name: string): Said[] {
  const parts = partsOf(name);
  if (parts?.kind === 'age') return [said('claim.age', { years: parts.years })];
  return parts?.kind === 'status' ? [statusWord(parts.type)] : [];
}

const STATUSES: Readonly<Record<string, Key>> = {
  student: 'claim.student',
  pensioner: 'claim.pensioner',
  large_family: 'claim.large_family',
  disability: 'claim.disability',
  veteran: 'claim.veteran',
};

/** A status that officers made up themselves is called by its own name. */
function statusWord(type: string): Said {
  const key = Object.hasOwn(STATUSES, type) ? STATUSES[type] : undefined;
  if (key !== undefined) return { key, values: {} };
  return said('claim.other', { name: type.replaceAll('_', ' ') });
}

const LINES = {
  given_name: 'person.given_name',
  family_name: 'person.family_name',
  birth_date: 'person.birth_date',
  nationality: 'person.nationality',
  document_number: 'person.document_number',
} as const;

function personIn(claims: Answer['claims']): Person | null {
  const { portrait } = claims;
  const lines = Object.entries(LINES).flatMap(([name, label]) => {
    const text = claims[name];
    return typeof text === 'string' ? [{ label: said(label), text }] : [];
  });
  const picture =
    typeof portrait === 'string' && /^data:image\/jpeg;base64,/.test(portrait) ? portrait : null;
  return picture === null && lines.length === 0 ? null : { portrait: picture, lines };
}
