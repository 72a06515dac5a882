import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { CredentialType } from '../kernel/credential-type.ts';
import type { Id } from '../kernel/ids.ts';

/** A status that an officer attests, up to and including its last day. */
export interface Status {
  /** Without `status_`: `student`. */
  readonly type: string;
  readonly until: CalendarDate;
}

/** What is personal about a person. It is kept under a key of the person's own. */
export interface Facts {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: CalendarDate;
  readonly nationality: string | null;
  readonly documentNumber: string | null;
  readonly statuses: readonly Status[];
  /** The officer's own number for the person. */
  readonly externalId: string | null;
  /** Why an officer last changed the state, in words. */
  readonly stateReason: string | null;
}

export type PersonState = 'active' | 'suspended' | 'revoked';

/** Somebody an officer vetted. */
export interface Person {
  readonly id: Id<'person'>;
  readonly state: PersonState;
  readonly facts: Facts;
  /** A JPEG of at most 20 kB. */
  readonly portrait: Uint8Array | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type StateChange = 'suspend' | 'reinstate' | 'revoke';

const CHANGES = {
  suspend: { from: ['active'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'active' },
  revoke: { from: ['active', 'suspended'], to: 'revoked' },
} as const satisfies Record<StateChange, { from: readonly PersonState[]; to: PersonState }>;

/** The state after a change, or null where it is not allowed from here. Revoking is for good. */
export function stateAfter(state: PersonState, change: StateChange): PersonState | null {
  const { from, to } = CHANGES[change];
  return (from as readonly PersonState[]).includes(state) ? to : null;
}

/** The statuses that hold on a day. */
export function statusesOn(facts: Facts, today: CalendarDate): readonly Status[] {
  return facts.statuses.filter((status) => status.until >= today);
}

/** The types of credential that a person can have on a day. */
export function credentialsOf(facts: Facts, today: CalendarDate): readonly CredentialType[] {
  return statusesOn(facts, today).length > 0 ? ['age', 'status', 'identity'] : ['age', 'identity'];
}

type Content = Pick<Person, 'facts' | 'portrait'>;

/** The types of credential that say something untrue once a person was mended. What was added spoils nothing. */
export function outdated(before: Content, after: Content): readonly CredentialType[] {
  const born = before.facts.birthDate !== after.facts.birthDate;
  const statusCut = before.facts.statuses.some(({ type, until }) => {
    const now = after.facts.statuses.find((status) => status.type === type);
    return now === undefined || now.until < until;
  });
  const types: CredentialType[] = [];
  if (born) types.push('age');
  if (statusCut) types.push('status');
  if (born || identityOf(before) !== identityOf(after)) types.push('identity');
  return types;
}

function identityOf({ facts, portrait }: Content): string {
  const { familyName, givenName, nationality, documentNumber } = facts;
  return JSON.stringify([
    familyName,
    givenName,
    nationality,
    documentNumber,
    portrait && Array.from(portrait),
  ]);
}
