import { createHmac } from 'node:crypto';
import type { AuditStore } from '../audit/store.ts';
import { RSA_LENGTH, type RsaPublicKey, readRsaSpki } from '../formats/blind-rsa/public-key.ts';
import { numberOf } from '../formats/modular.ts';
import { type AgeRule, ageClaims } from '../judgement/age-claims.ts';
import { base64url, fromBase64url } from '../kernel/bytes.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { type Claim, partsOf } from '../kernel/claims.ts';
import { Fault, type FieldError, wrongField } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { Vault } from '../keys/vault.ts';
import { type Facts, statusesOn } from '../people/person.ts';
import { openPerson, personKey, type SealedPerson } from '../people/sealed-person.ts';
import type { PeopleStore } from '../people/store.ts';
import { passKeyContext } from './make-pass-keys.ts';
import { type PassKey, signsAt } from './pass-key.ts';
import type { SigningPool } from './signing-pool.ts';
import type { PassQuotaStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{
    people: Pick<PeopleStore, 'hold'>;
    passQuotas: PassQuotaStore;
    audit: AuditStore;
  }>;
  readonly findKey: (keyId: string) => PassKey | null;
  readonly pool: Pick<SigningPool, 'sign'>;
  readonly vault: Vault;
  readonly now: Clock;
  readonly rule: AgeRule;
  /** Passes for a person, claim and window. */
  readonly quota: number;
}

/** Who asks: the holder of a wallet. */
export interface PassHolder {
  readonly person: Id<'person'>;
  readonly wallet: Id<'wallet'>;
}

/** What is asked: values that were blinded for one key, base64url. */
export interface PassRequest {
  readonly keyId: string;
  readonly blinded: readonly string[];
}

/**
 * Signs blinded values for a claim that the person may prove on the first day of the key's window: all of them or
 * none, in their order, within the quota of the person, claim and window. The identical request is answered again and
 * takes nothing. Nothing is kept by which a value, or the pass that comes of it, could be known again, but the hash of
 * the whole request until the window ends. `invalid_request` names each value that cannot be signed; `forbidden` if
 * the person may not prove the claim; `quota_exceeded`.
 */
export async function signPasses(
  needs: Needs,
  holder: PassHolder,
  { keyId, blinded }: PassRequest,
): Promise<readonly string[]> {
  const key = keyThatSigns(needs, keyId);
  const values = readValues(blinded, publicPart(key));

  await needs.transact(async ({ people, passQuotas, audit }) => {
    const person = await people.hold(holder.person);
    if (person === null || !mayProve(needs, person, key)) throw notEntitled();

    const ownKey = personKey(needs.vault, person);
    const until = key.window.ends;
    const request = hash([scopeOf(ownKey, key), ...blinded].join(' '));
    if (!(await passQuotas.note(request, until))) return;
    const quota = { scope: scopeOf(ownKey, key), count: values.length, most: needs.quota };
    if (!(await passQuotas.take(quota, until))) throw overQuota(needs.quota);
    await audit.record({ action: 'passes.signed', actor: 'wallet', subject: holder.wallet });
  });

  const pkcs8 = needs.vault.open(key.sealedPrivate, passKeyContext(keyId));
  return (await needs.pool.sign({ keyId, pkcs8, blinded: values })).map(base64url);
}

type SigningKey = PassKey & { readonly sealedPrivate: Uint8Array };

function keyThatSigns({ findKey, now }: Needs, keyId: string): SigningKey {
  const key = findKey(keyId);
  if (key === null) throw wrongField('/key_id', 'unknown_key', 'The directory has no such key.');
  if (!signsAt(key, now()) || key.sealedPrivate === null) {
    throw wrongField(
      '/key_id',
      'not_signing',
      'This key signs in its own window and the one before it only.',
    );
  }
  return { ...key, sealedPrivate: key.sealedPrivate };
}

function publicPart({ spki }: PassKey): RsaPublicKey {
  const key = readRsaSpki(spki);
  if (key === null) throw new Error('a pass key is of another kind');
  return key;
}

/** All values are read before one is signed. 0, 1 and n-1 are their own signatures, and would show the key nothing but misuse. */
function readValues(blinded: readonly string[], { n }: RsaPublicKey): readonly Uint8Array[] {
  const read = blinded.map((text) => {
    const bytes = fromBase64url(text);
    if (bytes?.length !== RSA_LENGTH) return null;
    const number = numberOf(bytes);
    return number > 1n && number < n - 1n ? bytes : null;
  });
  const errors = read.flatMap((value, at): FieldError[] =>
    value === null
      ? [{ pointer: `/blinded/${at}`, code: 'not_blinded', detail: 'This is no value blinded for this key.' }]
      : [],
  );
  if (errors.length > 0) throw new Fault('invalid_request', 'A value cannot be signed.', { errors });
  if (new Set(blinded).size < blinded.length) {
    throw wrongField('/blinded', 'repeated', 'Two values are the same.');
  }
  return read.filter((value) => value !== null);
}

function mayProve({ vault, rule }: Needs, person: SealedPerson, { claim, window }: PassKey): boolean {
  return person.state === 'active' && holds(openPerson(vault, person).facts, claim, window.date, rule);
}

function holds(facts: Facts, claim: Claim, date: CalendarDate, rule: AgeRule): boolean {
  const parts = partsOf(claim);
  if (parts?.kind === 'age') return ageClaims(facts.birthDate, date, rule)[parts.years] === true;
  return parts?.kind === 'status' && statusesOn(facts, date).some(({ type }) => type === parts.type);
}

/** Under the person's own key, so that the row tells nothing, and nothing at all once the person is erased. */
function scopeOf(ownKey: Uint8Array, { claim, window }: PassKey): string {
  return createHmac('sha256', ownKey).update(`passes ${claim} ${window.date}`).digest('base64url');
}

function notEntitled(): Fault {
  return new Fault('forbidden', 'The person may not prove this claim in this window.');
}

function overQuota(most: number): Fault {
  return new Fault('quota_exceeded', `A person has ${most} passes for a claim and window.`);
}
