import type { AuditStore } from '../audit/store.ts';
import type { P256PublicJwk } from '../formats/jwk.ts';
import type { Signer } from '../formats/jws.ts';
import { issueSdJwt } from '../formats/sd-jwt/issue.ts';
import { SD_JWT_VC_TYP } from '../formats/sd-jwt/vc.ts';
import type { Callers } from '../http/caller.ts';
import type { AgeRule } from '../judgement/age-claims.ts';
import { base64url } from '../kernel/bytes.ts';
import { dateIn } from '../kernel/calendar-date.ts';
import { type CredentialType, readCredentialType } from '../kernel/credential-type.ts';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { Vault } from '../keys/vault.ts';
import { nonceExpiry } from '../nonces/nonce.ts';
import type { NonceStore } from '../nonces/store.ts';
import { credentialsOf } from '../people/person.ts';
import { openPerson } from '../people/sealed-person.ts';
import type { PeopleStore } from '../people/store.ts';
import { allocate } from '../status/allocate.ts';
import type { StatusPlace } from '../status/status-list.ts';
import type { StatusStore } from '../status/store.ts';
import type { AccessToken } from './access-token.ts';
import {
  type CopyContent,
  credentialTree,
  invalidFrom,
  type Validity,
  validityOf,
} from './credential-content.ts';
import { verifyProofs } from './key-proof.ts';
import { BATCH, BATCH_SIZE } from './metadata.ts';
import type { TokenStore } from './store.ts';

/** Copies that one access token may fetch in all: enough to ask again after a lost answer. */
const MOST_COPIES = 200;

interface Stores {
  readonly people: Pick<PeopleStore, 'hold'>;
  readonly nonces: NonceStore;
  readonly statuses: StatusStore;
  readonly tokens: TokenStore;
  readonly audit: AuditStore;
}

export interface IssuingNeeds {
  readonly transact: Transact<Stores>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  /** The issuer key that signs now. */
  readonly signer: () => Signer;
  readonly issuerUrl: string;
  readonly timeZone: string;
  readonly rule: AgeRule;
  readonly lifetimeDays: number;
}

/** A credential request (OpenID4VCI 1.0 §8.2), as far as its form was checked. */
export interface CredentialRequest {
  readonly configuration: string | undefined;
  readonly identifier: string | undefined;
  readonly proofs: readonly string[];
  readonly encryption: unknown;
}

export interface Issued {
  readonly credentials: readonly string[];
  readonly notificationId: string;
}

/**
 * Issues one copy for each proven key, each with its own salts, key and status place. The refusals are those of
 * OpenID4VCI 1.0 §8.3.1; `credential_request_denied` also where the person may have no such credential today.
 */
export async function issueCredentials(
  needs: IssuingNeeds,
  holder: Callers['holder'],
  request: CredentialRequest,
): Promise<Issued> {
  const { world, issuerUrl } = needs;
  const now = world.now();
  const type = wantedType(request);
  const { keys, nonces } = await verifyProofs(request.proofs, issuerUrl, now);
  const fresh = nonces.map((nonce) => ({ nonce, expiresAt: freshUntil(needs.vault, nonce, now) }));
  const signer = needs.signer();
  const granted = keys.slice(0, BATCH[type]);
  const validity = validityOf(dateIn('UTC', now), needs.lifetimeDays);
  const notificationId = base64url(world.random(16));

  const copies = await needs.transact(async (stores) => {
    if ((await stores.nonces.use(fresh)).size < fresh.length) throw badNonce();
    const token = await grant(stores, holder.token, type, { now, copies: granted.length });
    const content = await contentFor(needs, stores, token, { type, now });
    const places = await allocate({ ...stores, ...world, mint: needs.mint }, signer.kid, granted.length, {
      person: token.person,
      wallet: token.wallet,
      credential: type,
      invalidFrom: invalidFrom(content, validity),
      expiresAt: validity.expiresAt,
    });
    await stores.tokens.addNotification(hash(notificationId), token.wallet, token.expiresAt);
    await stores.audit.record({
      action: 'credential.issued',
      actor: 'wallet',
      subject: token.wallet,
      code: type,
    });
    return { content, places };
  });

  const credentials = await signCopies(needs, signer, granted, { ...copies, validity });
  return { credentials, notificationId };
}

function wantedType(request: CredentialRequest): CredentialType {
  if (request.identifier !== undefined) {
    throw new Fault(
      'unknown_credential_identifier',
      'Credentials are named by credential_configuration_id here.',
    );
  }
  if (request.encryption !== undefined) {
    throw new Fault('invalid_encryption_parameters', 'Encrypted responses are not offered.');
  }
  if (request.configuration === undefined) {
    throw new Fault('invalid_credential_request', 'credential_configuration_id is missing.');
  }
  const type = readCredentialType(request.configuration);
  if (type === null) throw new Fault('unknown_credential_configuration', 'There is no such credential.');
  if (request.proofs.length === 0 || request.proofs.length > BATCH_SIZE) {
    throw new Fault('invalid_proof', `A request has 1 to ${BATCH_SIZE} proofs of type jwt.`);
  }
  return type;
}

function freshUntil(vault: Vault, nonce: string, now: Date): Date {
  const expiry = nonceExpiry(vault, nonce, now);
  if (expiry === null) throw badNonce();
  return expiry;
}

function badNonce(): Fault {
  return new Fault('invalid_nonce', 'A nonce is wrong, used or expired.');
}

async function grant(
  { tokens }: Stores,
  tokenHash: string,
  type: CredentialType,
  { now, copies }: { now: Date; copies: number },
): Promise<AccessToken> {
  const token = await tokens.byHash(tokenHash, now);
  if (token === null) throw new Fault('invalid_token', 'The access token has expired.');
  if (!token.credentials.includes(type)) throw denied('The offer was not for this credential.');
  if (!(await tokens.countCopies(tokenHash, copies, MOST_COPIES))) {
    throw denied('This access token has fetched all the copies that it may.');
  }
  return token;
}

async function contentFor(
  needs: IssuingNeeds,
  { people }: Stores,
  token: AccessToken,
  { type, now }: { type: CredentialType; now: Date },
): Promise<CopyContent> {
  const sealed = await people.hold(token.person);
  if (sealed?.state !== 'active') throw denied('The person is not active.');
  const { facts, portrait } = openPerson(needs.vault, sealed);
  const today = dateIn(needs.timeZone, now);
  if (!credentialsOf(facts, today).includes(type)) throw denied('The person has no such credential today.');
  return { type, facts, portrait, today };
}

function denied(detail: string): Fault {
  return new Fault('credential_request_denied', detail);
}

async function signCopies(
  { issuerUrl, rule, world }: IssuingNeeds,
  signer: Signer,
  keys: readonly P256PublicJwk[],
  made: { content: CopyContent; places: readonly StatusPlace[]; validity: Validity },
): Promise<readonly string[]> {
  return Promise.all(
    made.places.map((status, index) => {
      const holderKey = keys[index];
      if (holderKey === undefined) throw new Error('there are more places than keys');
      const copy = { issuerUrl, validity: made.validity, holderKey, status, rule };
      return issueSdJwt(signer, SD_JWT_VC_TYP, credentialTree(made.content, copy), world.random);
    }),
  );
}
