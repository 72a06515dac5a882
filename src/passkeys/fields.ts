import { z } from 'zod';
import { idField, instantField, nameField } from '../http/fields.ts';

/** The forms of WebAuthn as they travel in JSON (Web Authentication Level 3, §5.1.8 to §5.1.10). */

const LONGEST_ID = 1_400;
const LONGEST_DATA = 8_192;

const base64url = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\w-]+$/);
const bytesField = base64url(LONGEST_DATA);

const descriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()).optional(),
});

/** What the device's extensions said. Nothing of it is read or kept, and what must stay on the device is refused. */
const extensionsField = z
  .record(z.string().max(64), z.unknown())
  .refine((said) => !tellsPrf(said.prf), 'The results of the prf extension must not leave the device.')
  .default({})
  .describe('Not read. `prf.results` must be taken out before: it is what the wallet is locked with.');

function tellsPrf(prf: unknown): boolean {
  return typeof prf === 'object' && prf !== null && 'results' in prf;
}

const publicKeyCredential = {
  id: base64url(LONGEST_ID),
  rawId: base64url(LONGEST_ID),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(32).nullish(),
  clientExtensionResults: extensionsField,
};

/** What `navigator.credentials.create` answered. Members that are not named here are ignored. */
export const registrationField = z
  .object({
    ...publicKeyCredential,
    response: z.object({
      clientDataJSON: bytesField,
      attestationObject: bytesField,
      transports: z.array(z.string().max(32)).max(10).optional(),
    }),
  })
  .meta({ id: 'RegistrationResponse', description: 'RegistrationResponseJSON of WebAuthn.' });

/** What `navigator.credentials.get` answered. */
export const assertionField = z
  .object({
    ...publicKeyCredential,
    response: z.object({
      clientDataJSON: bytesField,
      authenticatorData: bytesField,
      signature: bytesField,
      userHandle: z
        .string()
        .max(128)
        .regex(/^[\w-]*$/)
        .nullish(),
    }),
  })
  .meta({ id: 'AuthenticationResponse', description: 'AuthenticationResponseJSON of WebAuthn.' });

export const challengeIdField = idField('challenge');

/** What to create a passkey with, and the challenge that has to come back. */
export const registrationReply = z
  .object({
    challenge_id: challengeIdField,
    options: z
      .object({
        challenge: z.string(),
        rp: z.object({ name: z.string(), id: z.string() }),
        user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
        pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') })),
        timeout: z.int(),
        attestation: z.literal('none'),
        excludeCredentials: z.array(descriptor),
        authenticatorSelection: z.object({
          residentKey: z.literal('required'),
          requireResidentKey: z.literal(true),
          userVerification: z.literal('required'),
        }),
        extensions: z.object({ credProps: z.literal(true), prf: z.object({}).optional() }),
      })
      .describe('For `navigator.credentials.create`, as PublicKeyCredentialCreationOptionsJSON.'),
  })
  .meta({ id: 'PasskeyRegistration', description: 'It holds for five minutes and once.' });

/** What to sign in with, and the challenge that has to come back. */
export const signInReply = z
  .object({
    challenge_id: challengeIdField,
    options: z
      .object({
        challenge: z.string(),
        rpId: z.string(),
        timeout: z.int(),
        userVerification: z.literal('required'),
      })
      .describe('For `navigator.credentials.get`, as PublicKeyCredentialRequestOptionsJSON.'),
  })
  .meta({ id: 'PasskeySignIn', description: 'It holds for five minutes and once.' });

export const passkeyNameField = nameField(50).describe('By which people tell their passkeys apart.');

export const passkey = z
  .object({
    id: idField('passkey'),
    object: z.literal('passkey'),
    name: z.string(),
    created_at: instantField,
    last_used_at: instantField.nullable(),
    backed_up: z.boolean().describe('Whether it is kept on other devices of its owner too.'),
  })
  .meta({ id: 'Passkey', description: 'A sign-in key of a wallet or of an officer.' });

/** A passkey of whoever asks from a session. */
export const ownPasskey = passkey
  .extend({ current: z.boolean().describe('Whether the session that asks began with it.') })
  .meta({ id: 'OwnPasskey', description: 'A sign-in key of the officer who asks.' });

const when = {
  expires_at: instantField,
  verified_at: instantField.describe('When the user was verified: what needs that asks for five minutes.'),
};

/** A holder's new session. */
export const holderSession = z
  .object({
    id: idField('session'),
    object: z.literal('session'),
    wallet_id: idField('wallet'),
    token: z.string().describe('Sent as a bearer token to routes of holders. Shown this once.'),
    ...when,
  })
  .meta({ id: 'HolderSession' });

/** A session among others of the same person. */
export const listedSession = z
  .object({
    id: idField('session'),
    object: z.literal('session'),
    wallet_id: idField('wallet').nullable().describe("Null for an officer's."),
    passkey_id: idField('passkey').describe('With which it began.'),
    current: z.boolean().describe('Whether it is the one that asks.'),
    last_used_at: instantField
      .nullable()
      .describe("To the minute. Null for holders', which are not watched."),
    ...when,
  })
  .meta({ id: 'Session', description: 'Somebody who signed in with a passkey.' });

/** An officer's session, which lives in a cookie. */
export const officerSession = z
  .object({
    id: idField('session'),
    object: z.literal('officer_session'),
    officer: z.object({
      id: idField('officer'),
      name: z.string(),
      role: z.enum(['owner', 'issuer', 'auditor']),
      scopes: z.array(z.string()).describe('What the role may do.'),
    }),
    ...when,
  })
  .meta({ id: 'OfficerSession' });
