import type { P256PublicJwk } from '../formats/jwk.ts';
import { type SdMembers, selective } from '../formats/sd-jwt/conceal.ts';
import { type AgeRule, ageClaims } from '../judgement/age-claims.ts';
import { base64url } from '../kernel/bytes.ts';
import { addDays, type CalendarDate, midnightUtc } from '../kernel/calendar-date.ts';
import { MOST_AGES, MOST_STATUSES } from '../kernel/claims.ts';
import type { CredentialType } from '../kernel/credential-type.ts';
import { type Facts, statusesOn } from '../people/person.ts';
import { listUri, type StatusPlace } from '../status/status-list.ts';

/**
 * How many digests hide the claims of every copy, real ones and decoys together. It is the same for all copies of a
 * type, so their number tells nothing about a person.
 */
const DIGESTS = { ages: MOST_AGES, statuses: MOST_STATUSES, identity: 8 } as const;

/** What a copy is made of. */
export interface CopyContent {
  readonly type: CredentialType;
  readonly facts: Facts;
  readonly portrait: Uint8Array | null;
  /** The jurisdiction's date: it decides about ages and statuses. */
  readonly today: CalendarDate;
}

/** What all copies that are issued on one day share, so that they look alike. */
export interface Validity {
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** From the midnight (UTC) before the issue, for so many days. */
export function validityOf(dayUtc: CalendarDate, days: number): Validity {
  return { issuedAt: midnightUtc(dayUtc), expiresAt: midnightUtc(addDays(dayUtc, days)) };
}

/**
 * The day from which a copy is no longer true though it has not expired: after the status that ends first. Null where
 * the copy expires before, so that nobody's end of studies is kept readable for no reason.
 */
export function invalidFrom(
  { type, facts, today }: CopyContent,
  { expiresAt }: Validity,
): CalendarDate | null {
  if (type !== 'status') return null;
  const [first] = statusesOn(facts, today)
    .map(({ until }) => until)
    .sort();
  const dayAfter = first === undefined ? null : addDays(first, 1);
  return dayAfter !== null && midnightUtc(dayAfter) < expiresAt ? dayAfter : null;
}

/** The address of a type's metadata, which is its `vct`. */
export function vctOf(issuerUrl: string, type: CredentialType): string {
  return `${issuerUrl}/credentials/${type}`;
}

interface Copy {
  readonly issuerUrl: string;
  readonly validity: Validity;
  readonly holderKey: P256PublicJwk;
  readonly status: StatusPlace;
  readonly rule: AgeRule;
}

/** The claims of one copy, open and hidden, as SD-JWT VC has them (draft-ietf-oauth-sd-jwt-vc §2.2). */
export function credentialTree(content: CopyContent, copy: Copy): SdMembers {
  const { issuerUrl, validity, holderKey, status, rule } = copy;
  const open = {
    iss: issuerUrl,
    vct: vctOf(issuerUrl, content.type),
    iat: seconds(validity.issuedAt),
    exp: seconds(validity.expiresAt),
    cnf: { jwk: { ...holderKey } },
    status: { status_list: { idx: status.index, uri: listUri(issuerUrl, status.list) } },
  };
  const ages = selective({
    hidden: ageClaims(content.facts.birthDate, content.today, rule),
    digests: DIGESTS.ages,
  });
  switch (content.type) {
    case 'age':
      return { open: { ...open, age_equal_or_over: ages } };
    case 'status':
      return { open, hidden: statusClaims(content), digests: DIGESTS.statuses };
    case 'identity':
      return {
        open: { ...open, age_equal_or_over: ages },
        hidden: identityClaims(content),
        digests: DIGESTS.identity,
      };
  }
}

function statusClaims({ facts, today }: CopyContent): Record<string, true> {
  return Object.fromEntries(statusesOn(facts, today).map(({ type }) => [`status_${type}`, true] as const));
}

function identityClaims({ facts, portrait }: CopyContent): Record<string, string> {
  return {
    family_name: facts.familyName,
    given_name: facts.givenName,
    birth_date: facts.birthDate,
    ...(facts.documentNumber !== null && { document_number: facts.documentNumber }),
    ...(facts.nationality !== null && { nationality: facts.nationality }),
    ...(portrait !== null && { portrait: `data:image/jpeg;base64,${base64(portrait)}` }),
  };
}

function base64(bytes: Uint8Array): string {
  const text = base64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
