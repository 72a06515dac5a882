/** Issuing an SD-JWT (RFC 9901 §5.1). */

import type { Signer } from '../jws.ts';
import { signJws } from '../jws.ts';
import type { Random, SdMembers } from './conceal.ts';
import { conceal } from './conceal.ts';

/** The signed SD-JWT with every disclosure, `<JWS>~<D1>~…~<Dn>~`: what the holder is given. */
export async function issueSdJwt(
  signer: Signer,
  typ: string,
  tree: SdMembers,
  random: Random,
): Promise<string> {
  const { payload, disclosures } = conceal(tree, random);
  const jws = await signJws(signer, { typ }, payload);
  return [jws, ...disclosures, ''].join('~');
}
