import { importP256, thumbprint } from '../formats/jwk.ts';
import type { KeyFinder } from '../formats/sd-jwt/verify.ts';
import type { Clock } from '../kernel/world.ts';
import type { PublishedKey } from '../keys/key-ring.ts';

type Key = Awaited<ReturnType<KeyFinder>>;

interface Trust {
  /** The root certificate, base64 DER. */
  readonly root: () => string;
  /** The issuer keys that are next, active or retired. */
  readonly published: () => readonly PublishedKey[];
  readonly issuerUrl: string;
  readonly now: Clock;
}

const MOST_KEPT = 100;
/** Milliseconds after which a chain is looked at again: certificates run out and keys are destroyed. */
const KEPT_FOR = 60_000;

/**
 * Finds the key of a credential by the certificate chain in its header: the chain ends in our root, its leaf speaks
 * for this issuer, and its key is one that we publish. Chains that held are remembered for a minute, since a batch
 * and a day's credentials all have the same one.
 */
export function issuerKeyFinder(trust: Trust): KeyFinder {
  const kept = new Map<string, { readonly key: Key; readonly until: number }>();
  return async (header) => {
    const { x5c, kid } = header;
    if (!Array.isArray(x5c) || !x5c.every((part) => typeof part === 'string') || typeof kid !== 'string')
      return null;
    const name = `${kid} ${x5c.join(' ')}`;
    const known = kept.get(name);
    const now = trust.now().getTime();
    if (known !== undefined && known.until > now) return known.key;

    const key = await keyOfChain(trust, x5c, kid);
    kept.delete(name);
    if (key !== null) kept.set(name, { key, until: now + KEPT_FOR });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return key;
  };
}

async function keyOfChain(trust: Trust, x5c: readonly string[], kid: string): Promise<Key> {
  const { verifyChain } = await import('../formats/x509.ts');
  const leaf = await verifyChain(x5c, [trust.root()], trust.now());
  if (leaf === null || !leaf.uris.includes(trust.issuerUrl)) return null;
  const published = trust.published().find((key) => key.kid === kid);
  if (published === undefined || thumbprint(published) !== thumbprint(leaf.jwk)) return null;
  return importP256(leaf.jwk);
}
