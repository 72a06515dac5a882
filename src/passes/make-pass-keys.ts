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

interface Needs {
  readonly transact: Transact<{ passKeys: PassKeyStore; audit: AuditStore }>;
  readonly passKeys: Pick<PassKeyStore, 'listed'>;
  readonly vault: Vault;
  readonly now: Clock;
  readonly vocabulary: Vocabulary;
  /** Days of a window, and days ahead for which keys are listed. */
  readonly passes: { readonly windowDays: number; readonly listedDays: number };
  /** Makes a key; of 2048 bits it takes a sixth of a second on the thread pool. */
  readonly makeKey?: () => Promise<MadeKey>;
}

/**
 * Makes the keys that are missing for the windows ahead, one after another, the soonest first, so that no request
 * ever waits for one. Other processes may make the same: the first is kept. Answers how many it added.
 */
export async function makeMissingKeys(needs: Needs, most = Number.POSITIVE_INFINITY): Promise<number> {
  const { windowDays, listedDays } = needs.passes;
  const now = needs.now();
  const there = await needs.passKeys.listed(now);
  const known = new Set(there.map((key) => placeOf(key.claim, key.window)));
  const missing = windowsAhead(now, windowDays, listedDays)
    .flatMap((window) => passClaims(needs.vocabulary).map((claim) => ({ claim, window })))
    .filter(({ claim, window }) => !known.has(placeOf(claim, window)))
    .slice(0, most);

  let added = 0;
  for (const { claim, window } of missing) {
    const key = await makePassKey(needs, claim, window);
    if (await addKey(needs, key)) added += 1;
  }
  return added;
}

function placeOf(claim: Claim, window: Window): string {
  return `${claim} ${window.date}`;
}

async function makePassKey(
  { vault, makeKey = makeRsaKey }: Needs,
  claim: Claim,
  window: Window,
): Promise<PassKey> {
  const { spki, pkcs8 } = await makeKey();
  const keyId = keyIdOf(spki);
  if (keyId === null) throw new Error('the key that was made is of another kind');
  const sealedPrivate = vault.seal(pkcs8, passKeyContext(keyId));
  return { keyId, claim, window, spki, sealedPrivate, withdrawnAt: null };
}

/** An id of 4 bytes may be taken already: then the key is left, and the next turn makes another. */
function addKey({ transact }: Needs, key: PassKey): Promise<boolean> {
  return transact(async ({ passKeys, audit }) => {
    const added = await passKeys.add(key);
    if (added)
      await audit.record({ action: 'pass_key.made', actor: 'system', subject: `pass_key:${key.keyId}` });
    return added;
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
