import type { AuditStore } from '../audit/store.ts';
import { type Signer, signJws } from '../formats/jws.ts';
import {
  DIRECTORY_TYP,
  type DirectoryKey,
  type ListedKey,
  listedKey,
  unixSeconds,
} from '../formats/pass-directory.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { PassKeyRing } from './pass-key-ring.ts';
import type { PassDirectoryStore } from './store.ts';

interface Needs {
  readonly passKeys: Pick<PassKeyRing, 'allListed'>;
  readonly transact: Transact<{ passDirectories: PassDirectoryStore; audit: AuditStore }>;
  readonly signer: () => Signer;
  readonly issuerUrl: string;
  readonly now: Clock;
  /** Passes for a person, claim and window, which wallets fetch together. */
  readonly quota: number;
}

/**
 * Publishes the directory: every key whose passes can be good, signed as a JWT. The same for everybody: it is signed
 * once for each content, and each content's hash is an event in the log, so that views can be compared.
 */
export function directoryPublisher(needs: Needs): () => Promise<string> {
  let published: Published | null = null;
  return () => {
    const from = needs.passKeys.allListed();
    const signer = needs.signer();
    if (published?.from === from && published.kid === signer.kid) return published.jwt;
    const keys = from.map(listedKey);
    const contentHash = hash(JSON.stringify(keys));
    const same = published?.hash === contentHash && published.kid === signer.kid;
    const jwt = same && published ? published.jwt : publish(needs, signer, keys, contentHash);
    published = { from, hash: contentHash, kid: signer.kid, jwt };
    jwt.catch(() => {
      published = null;
    });
    return jwt;
  };
}

/** What was published last, and of which reading of the keys: until they are read again nothing can differ. */
interface Published {
  readonly from: readonly DirectoryKey[];
  readonly hash: string;
  readonly kid: string | undefined;
  readonly jwt: Promise<string>;
}

async function publish(
  { transact, issuerUrl, now, quota }: Needs,
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
  const payload = { iss: issuerUrl, iat: unixSeconds(at), passes_per_window: quota, keys };
  return signJws(signer, { typ: DIRECTORY_TYP }, payload);
}
