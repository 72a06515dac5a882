import type { Reason } from '../judgement/verdict.ts';
import type { Claim } from '../kernel/claims.ts';
import { EVENT_KINDS, type EventKind } from '../kernel/event-kinds.ts';
import type { Id } from '../kernel/ids.ts';

/** Who did it. A holder is not named: the wallet's own record is what an event about it is found by. */
export type Actor = Id<'officer'> | Id<'admin_key'> | Id<'terminal'> | 'wallet' | 'system';

/** What it was done to. */
type Subject =
  | Id<'person'>
  | Id<'wallet'>
  | Id<'offer'>
  | Id<'retailer'>
  | Id<'store'>
  | Id<'terminal'>
  | Id<'verification'>
  | Id<'admin_key'>
  | Id<'officer'>
  | Id<'issuer_key'>
  | 'key_rotation'
  | `policy:${string}`
  | `pass_key:${string}`
  | `pass_directory:${string}`;

/** What somebody on the staff may do. */
type Role = 'owner' | 'issuer' | 'auditor';

/** What can happen, and the codes that may go with it. There is no room for words, names or values. */
interface Codes {
  'person.created': never;
  'person.mended': never;
  'person.suspended': never;
  'person.reinstated': never;
  'person.revoked': never;
  'person.erased': never;
  'offer.made': never;
  'offer.redeemed': never;
  'offer.killed': 'too_many_codes';
  'credential.issued': 'age' | 'status' | 'identity';
  'credential.notified': 'credential_accepted' | 'credential_failure' | 'credential_deleted';
  'wallet.locked': never;
  'passkey.added': never;
  'passkey.removed': never;
  'passkey.cloned': never;
  'officer.invited': Role;
  'officer.set_up': Role;
  'officer.uninvited': never;
  'officer.changed': Role;
  'officer.removed': never;
  'officer.codes_made': never;
  'officer.recovered': never;
  'officer.signed_in': never;
  'officer.signed_out': never;
  'retailer.registered': never;
  'retailer.changed': never;
  'store.added': never;
  'terminal.added': never;
  'terminal.blocked': never;
  'terminal.paired': never;
  'terminal.embedded': never;
  'terminal.unpaired': never;
  'terminal_key.made': never;
  'pairing_code.made': never;
  'policy.changed': never;
  'admin_key.made': never;
  'issuer_key.made': 'root' | 'issuer' | 'document' | 'test';
  'issuer_key.activated': never;
  'issuer_key.retired': never;
  'issuer_key.destroyed': never;
  'key_rotation.scheduled': never;
  'key_rotation.unscheduled': never;
  'key_rotation.done': 'by_hand' | 'by_schedule';
  'pass_key.made': never;
  'pass_key.withdrawn': never;
  'pass_directory.published': never;
  'passes.signed': never;
  'offline.reported': never;
  'offline.spent_twice': never;
  'verification.approved': never;
  'verification.refused': Reason;
  'verification.overasked': Claim;
}

export type Action = keyof Codes;

/** What events are about: the first word of their actions. */
type KindOfAction = Action extends `${infer Kind}.${string}` ? Kind : never;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? A : never) : never;

/** The kinds that the filter of the log offers: one that is missing there, or that no action has, does not compile. */
export const KINDS: readonly Same<KindOfAction, EventKind>[] = EVENT_KINDS;

/** An event that has not been recorded yet. */
export type NewEvent = {
  [Name in Action]: { readonly action: Name; readonly actor: Actor; readonly subject: Subject } & ([
    Codes[Name],
  ] extends [never]
    ? { readonly code?: never }
    : { readonly code: Codes[Name] });
}[Action];

/** An event as the log has it. */
export interface AuditEvent {
  readonly id: Id<'event'>;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly code: string | null;
}
