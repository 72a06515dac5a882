/** Passkeys of this browser (Web Authentication Level 3), with the PRF extension where there is one. */

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { base64url, concat, fromBase64url } from '../../../kernel/bytes.ts';
import type { Random } from '../../../kernel/world.ts';
import type { Assertion, PasskeyDevice, PasskeyTrouble, Registration, Touched } from '../passkey-device.ts';
import { PRF_INPUT } from '../seal.ts';

const CHALLENGE_LENGTH = 32;
/** Where the flags stand in authenticator data, and which of them says that the user was verified (§6.1). */
const FLAGS_AT = 32;
const USER_VERIFIED = 0b100;

const prf = { prf: { eval: { first: PRF_INPUT } } };

/** The passkeys of this browser. */
export function browserPasskeys(random: Random): PasskeyDevice {
  return {
    supported: browserSupportsWebAuthn(),

    create: (options) =>
      touched(async () => {
        const extensions = { ...options.extensions, ...prf };
        const optionsJSON = { ...options, extensions } as PublicKeyCredentialCreationOptionsJSON;
        const made = await startRegistration({ optionsJSON });
        const { results, ...rest } = prfOf(made.clientExtensionResults);
        const clientExtensionResults = { ...made.clientExtensionResults, prf: rest };
        const proof: Registration = { ...made, clientExtensionResults };
        return { passkey: made.id, proof, secret: results };
      }),

    unlock: (passkey) =>
      touched(async () => {
        const { id, secret } = await assert({
          challenge: base64url(random(CHALLENGE_LENGTH)),
          rpId: location.hostname,
          userVerification: 'required',
          ...only(passkey),
        });
        return { passkey: id, proof: null, secret };
      }),

    signIn: (options, passkey) =>
      touched(async () => {
        const { id, secret, proof } = await assert({ ...options, ...(passkey !== null && only(passkey)) });
        return { passkey: id, proof, secret };
      }),
  };
}

function only(passkey: string): Pick<PublicKeyCredentialRequestOptionsJSON, 'allowCredentials'> {
  return { allowCredentials: [{ id: passkey, type: 'public-key' }] };
}

async function assert(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<{ id: string; secret: Uint8Array | null; proof: Assertion }> {
  const optionsJSON = { ...options, extensions: prf } as PublicKeyCredentialRequestOptionsJSON;
  const made = await startAuthentication({ optionsJSON });
  const data = fromBase64url(made.response.authenticatorData);
  if (((data?.[FLAGS_AT] ?? 0) & USER_VERIFIED) === 0) throw new DOMException('', 'NotAllowedError');
  const { results, ...rest } = prfOf(made.clientExtensionResults);
  const proof = { ...made, clientExtensionResults: { ...made.clientExtensionResults, prf: rest } };
  return { id: made.id, secret: results, proof };
}

/** What the extension said, with its result as bytes. */
function prfOf(results: object): { enabled?: boolean; results: Uint8Array | null } {
  const said = 'prf' in results ? (results.prf as AuthenticationExtensionsPRFOutputs) : {};
  const first = said.results?.first;
  const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : null;
  const view = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : null;
  const found = bytes ?? view;
  return {
    ...(said.enabled !== undefined && { enabled: said.enabled }),
    results: found === null ? null : concat(found),
  };
}

/** Browsers say one thing for a finger that is not the owner's, a touch that did not come, and a closed sheet. */
async function touched<Proof>(
  touch: () => Promise<Touched<Proof>>,
): Promise<Touched<Proof> | PasskeyTrouble> {
  if (!browserSupportsWebAuthn()) return 'unsupported';
  try {
    return await touch();
  } catch (error) {
    return error instanceof Error && error.name === 'NotSupportedError' ? 'unsupported' : 'refused';
  }
}
