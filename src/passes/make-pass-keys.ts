import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { AuditStore } from '../audit/store.ts';
import type { Claim, Vocabulary } from '../kernel/claims.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { keyIdOf, type PassKey, passClaims, type Window, windowsAhead } from './pass-key.ts';
import type { PassKeyStore } from './store.ts';

const generate = promisify(generateKeyPair);

/** An RSA key as it comes from the generator, in DER. */
interface MadeKey {
  readonly spki: Uint8Array;
  readonly pkcs8: Uint8Array;
}

/** Which keys there have to be. */
export interface KeyPlan {
  readonly vocabulary: Vocabulary;
  /** Of a window. */
  readonly windowDays: number;
  /** Days ahead for which keys are listed. */
  readonly listedDays: number;
}

/** What one key is for. */
interface Place {
  readonly claim: Claim;
  readonly window: Window;
}

interface Needs {
  readonly transact: Transact<{ passKeys: PassKeyStore; audit: AuditStore }>;
  readonly vault: Vault;
  readonly now: Clock;
  readonly plan: KeyPlan;
  /** Makes a key; of 2048 bits it takes a sixth of a second on the thread pool. */
  readonly makeKey?: () => Promise<MadeKey>;
}

/** What there is no key for yet, of the windows ahead: the soonest first. */
export function missingKeys(plan: KeyPlan, there: readonly PassKey[], now: Date): readonly Place[] {
  const known = new Set(there.map(nameOf));
  return windowsAhead(now, plan.windowDays, plan.listedDays)
    .flatMap((window) => passClaims(plan.vocabulary).map((claim) => ({ claim, window })))
    .filter((place) => !known.has(nameOf(place)));
}

/**
 * Makes keys that are missing, one after another, at most so many, so that no request ever waits for one. Where
 * another process made the same, the first is kept.
 */
export async function makeMissingKeys(needs: Needs, there: readonly PassKey[], most: number): Promise<void> {
  const missing = missingKeys(needs.plan, there, needs.now()).slice(0, most);
  for (const place of missing) await addKey(needs, await makePassKey(needs, place));
}

function nameOf({ claim, window }: Place): string {
  return `${claim} ${window.date}`;
}

async function makePassKey(
  { vault, makeKey = makeRsaKey }: Needs,
  { claim, window }: Place,
): Promise<PassKey> {
  const { spki, pkcs8 } = await makeKey();
  const keyId = keyIdOf(spki);
  if (keyId === null) throw new Error('the key that was made is of another kind');
  const sealedPrivate = vault.seal(pkcs8, passKeyContext(keyId));
  return { keyId, claim, window, spki, sealedPrivate, withdrawnAt: null };
}

/** An id of 4 bytes may be taken already: then the key is left, and the next turn makes another. */
function addKey({ transact }: Needs, key: PassKey): Promise<void> {
  return transact(async ({ passKeys, audit }) => {
    if (!(await passKeys.add(key))) return;
    await audit.record({ action: 'pass_key.made', actor: 'system', subject: `pass_key:${key.keyId}` });
  });
}

async function makeRsaKey(): Promise<MadeKey> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048, publicExponent: 65_537 });
  return {
    spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    pkcs8: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
}

/** What a private key is sealed for. */
export function passKeyContext(keyId: string): string {
  return `pass key ${keyId}`;
}
