import type { AuditStore } from '../audit/store.ts';
import { type Signer, signJws } from '../formats/jws.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { PassKey } from './pass-key.ts';
import type { PassKeyRing } from './pass-key-ring.ts';
import type { PassDirectoryStore } from './store.ts';

export const DIRECTORY_TYP = 'counterproof-pass-directory+jwt';

/** One key as the directory has it: times in Unix seconds, `spki` the DER in base64url. */
export interface ListedKey {
  readonly key_id: string;
  readonly claim: string;
  readonly not_before: number;
  readonly expires_at: number;
  readonly spki: string;
  readonly withdrawn_at?: number;
}

interface Needs {
  readonly passKeyRing: Pick<PassKeyRing, 'all'>;
  readonly transact: Transact<{ passDirectories: PassDirectoryStore; audit: AuditStore }>;
  readonly signer: () => Signer;
  readonly issuerUrl: string;
  readonly now: Clock;
}

/**
 * Publishes the directory: every key whose passes can be good, signed as a JWT. The same for everybody: it is signed
 * once for each content, and each content's hash is an event in the log, so that views can be compared.
 */
export function directoryPublisher(needs: Needs): () => Promise<string> {
  let published: { readonly hash: string; readonly kid: string; readonly jwt: Promise<string> } | null = null;
  return () => {
    const keys = needs.passKeyRing.all().map(listedKey);
    const signer = needs.signer();
    const contentHash = hash(JSON.stringify(keys));
    if (published?.hash !== contentHash || published.kid !== signer.kid) {
      const jwt = publish(needs, signer, keys, contentHash);
      published = { hash: contentHash, kid: signer.kid ?? '', jwt };
      jwt.catch(() => {
        published = null;
      });
    }
    return published.jwt;
  };
}

async function publish(
  { transact, issuerUrl, now }: Needs,
  signer: Signer,
  keys: readonly ListedKey[],
  contentHash: string,
): Promise<string> {
  const at = now();
  await transact(async ({ passDirectories, audit }) => {
    if (!(await passDirectories.add(contentHash, at))) return;
    const subject = `pass_directory:${contentHash}` as const;
    await audit.record({ action: 'pass_directory.published', actor: 'system', subject });
  });
  const payload = { iss: issuerUrl, iat: seconds(at), keys: keys.map((key) => ({ ...key })) };
  return signJws(signer, { typ: DIRECTORY_TYP }, payload);
}

function listedKey({ keyId, claim, window, spki, withdrawnAt }: PassKey): ListedKey {
  return {
    key_id: keyId,
    claim,
    not_before: seconds(window.notBefore),
    expires_at: seconds(window.expiresAt),
    spki: base64url(spki),
    ...(withdrawnAt !== null && { withdrawn_at: seconds(withdrawnAt) }),
  };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
