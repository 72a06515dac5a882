/** From a bundle as it came to one that a till judges by, or a word for why not. */

import { type JsonObject, member } from '../formats/json.ts';
import { importP256, verifyEs256 } from '../formats/jwk.ts';
import { readJws } from '../formats/jws.ts';
import { fromBase64, fromPem, readLeaf } from '../formats/leaf-certificate.ts';
import { rememberKeys } from '../formats/pass-directory.ts';
import { BUNDLE_TYP, bundleSpeaksOf, readTrustBundle, type TrustBundle } from '../judgement/trust-bundle.ts';
import { fromBase64url, utf8 } from '../kernel/bytes.ts';
import type { Kept } from './store.ts';

type CryptoKey = NonNullable<Awaited<ReturnType<typeof importP256>>>;

export type BundleTrouble = 'bundle_not_trusted' | 'bundle_older' | 'directory_changed';

/** The bundle of a JWT that a leaf under the pinned root signed, for the service that the leaf names; null for any other. */
export async function openBundle(jwt: string, root: string, now: Date): Promise<TrustBundle | null> {
  const [jws, pinned] = [readJws(jwt), fromPem(root)];
  const chain = jws === null ? undefined : member(jws.header, 'x5c');
  if (pinned === null || !Array.isArray(chain) || chain.length !== 1) return null;
  const [der] = chain;
  const bytes = typeof der === 'string' ? fromBase64(der) : null;
  const leaf = bytes && (await readLeaf(bytes, pinned, now));
  const key = leaf && (await importP256(leaf.jwk));
  const holds = key && jws && isBundle(jws.header) && (await signed(jwt, key));
  const bundle = holds ? readTrustBundle(jws.payload) : null;
  return bundle !== null && leaf?.uris.includes(bundle.issuer) ? bundle : null;
}

function isBundle(header: JsonObject): boolean {
  return (
    member(header, 'typ') === BUNDLE_TYP &&
    member(header, 'alg') === 'ES256' &&
    !Object.hasOwn(header, 'crit')
  );
}

/** Whether the key signed what stands before the last dot. There is one algorithm, so it takes no library. */
async function signed(jwt: string, key: CryptoKey): Promise<boolean> {
  const end = jwt.lastIndexOf('.');
  const signature = fromBase64url(jwt.slice(end + 1));
  return signature !== null && verifyEs256(key, utf8(jwt.slice(0, end)), signature);
}

/** What is kept once a bundle was taken; a word where it goes back behind, or against, what was seen before. */
export function admit(
  bundle: TrustBundle,
  before: Kept,
  now: Date,
): Omit<Kept, 'bundle' | 'etag'> | BundleTrouble {
  const { issuer, retailer, live, version } = bundle;
  const { source } = before;
  const same =
    source === null || (source.issuer === issuer && source.retailer === retailer && source.live === live);
  if (!same) return 'bundle_not_trusted';
  if (version < before.version) return 'bundle_older';
  const seen = rememberKeys(before.seen, bundle.keys, now, bundleSpeaksOf(bundle));
  if (seen === null) return 'directory_changed';
  const { root, serverTime } = before;
  return { root, version, source: { issuer, retailer, live }, seen, serverTime };
}
