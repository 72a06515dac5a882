import { digest, ES256, generateSalt } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { isJsonObject, member } from '../../src/formats/json.ts';
import type { P256PublicJwk } from '../../src/formats/jwk.ts';
import type { Shown } from './holder.ts';

/**
 * Verifies presentations, key binding included, with `@sd-jwt/sd-jwt-vc`. It is spared what ours does besides: it is
 * given the issuer's key, where ours follows the certificate chain, and does not look at the status list, where ours
 * looks at its tables; it writes nothing and makes no ticket.
 */
export async function peerVerifier(issuer: P256PublicJwk): Promise<(shown: Shown) => Promise<unknown>> {
  const { kty, crv, x, y } = issuer;
  const peer = new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
    verifier: await ES256.getVerifier({ kty, crv, x, y }),
    kbVerifier: async (data, signature, { cnf }) => {
      const jwk = isJsonObject(cnf) ? member(cnf, 'jwk') : undefined;
      const verify = await ES256.getVerifier(isJsonObject(jwk) ? jwk : {});
      return verify(data, signature);
    },
  });
  Object.defineProperty(peer, 'verifyStatus', { value: async () => {} });
  return ({ text, nonce }) => peer.verify(text, { keyBindingNonce: nonce, requiredClaimKeys: ['vct'] });
}
