import assert from 'node:assert/strict';
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509';
import { issueCredential } from '../../src/issuance/endpoints.ts';
import * as passkeys from '../../src/passkeys/endpoints.ts';
import { listSessions } from '../../src/passkeys/sessions/endpoints.ts';
import { Authenticator, type Knobs, type Maker } from '../support/authenticator.ts';
import type { Answer } from '../support/client.ts';
import {
  enrolling,
  FIVE_MINUTES,
  passkeyHolder,
  passkeyScene,
  signedIn,
  somebody,
  tryToRegister,
  tryToSignIn,
} from '../support/passkeys.ts';

/** The one refusal of whatever does not hold. */
function neutral(answer: Answer): void {
  assert.equal(answer.code, 'invalid_request', answer.text);
  const { errors, detail } = answer.body as { errors: object[]; detail: string };
  assert.deepEqual(errors, [
    {
      pointer: '/credential',
      code: 'wrong_credential',
      detail: 'The passkey is not known here, or its response does not hold.',
    },
  ]);
  assert.equal(detail, 'A field of the request is wrong.');
}

test('a new wallet registers its first passkey with the access token of its offer', async (t) => {
  const scene = await passkeyScene(t);
  const access = await enrolling(scene, await somebody(scene));
  const { answer, authenticator } = await tryToRegister(scene, access, { name: "Ada's phone" });
  assert.equal(answer.status, 201, answer.text);
  const { passkey, session, lock_code } = passkeys.registerPasskey.replies[201].schema.parse(answer.body);
  assert.deepEqual([passkey.name, passkey.last_used_at, passkey.backed_up], ["Ada's phone", null, false]);
  assert.match(session.token, /^cp_holder_[\w-]{43}$/);
  assert.match(lock_code ?? '', /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  assert.equal(Buffer.from(authenticator.userHandle, 'base64url').length, 32);
  const listed = await scene.client.ask(passkeys.listPasskeys, 200, { token: session.token });
  assert.deepEqual(listed.body.data, [passkey]);
});

test('the options ask for a discoverable passkey, a verified user, no attestation, and for the prf extension', async (t) => {
  const scene = await passkeyScene(t);
  const token = await enrolling(scene, await somebody(scene));
  const { options } = (await scene.client.ask(passkeys.beginRegistration, 201, { token })).body;
  assert.deepEqual(options.authenticatorSelection, {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  });
  assert.equal(options.attestation, 'none');
  assert.deepEqual(options.extensions, { credProps: true, prf: {} });
  assert.deepEqual(
    options.pubKeyCredParams.map(({ alg }) => alg),
    [-7, -8, -257],
  );
  assert.deepEqual([options.rp.id, options.excludeCredentials], ['localhost', []]);
  assert.doesNotMatch(JSON.stringify(options.user), /Ada|Lovelace|per_|wal_/);
});

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const) {
  test(`a passkey of ${algorithm} is registered and signs in`, async (t) => {
    const scene = await passkeyScene(t);
    const access = await enrolling(scene, await somebody(scene));
    const authenticator = new Authenticator(scene.running.url, { algorithm });
    const { answer } = await tryToRegister(scene, access, { authenticator });
    assert.equal(answer.status, 201, answer.text);
    await signedIn(scene, authenticator);
  });
}

test('an attestation by the new key itself is taken, since authenticators may send it unasked', async (t) => {
  const scene = await passkeyScene(t);
  const access = await enrolling(scene, await somebody(scene));
  const { answer } = await tryToRegister(scene, access, { knobs: { attestation: 'self' } });
  assert.equal(answer.status, 201, answer.text);
});

const WRONG: Record<string, Knobs> = {
  'of another origin': { origin: 'https://evil.example' },
  'from a frame': { crossOrigin: true },
  'for another relying party': { rpId: 'evil.example' },
  'to another challenge': { challenge: Buffer.alloc(32, 7).toString('base64url') },
  'of a sign-in': { type: 'webauthn.get' },
  'without a verified user': { userVerified: false },
  'without anybody there': { userPresent: false },
  'with a wrong attestation': { attestation: 'self', tampered: true },
  'that names another credential': { id: Buffer.alloc(24, 1).toString('base64url') },
};

for (const [what, knobs] of Object.entries(WRONG)) {
  test(`a registration ${what} is refused, and its challenge is used up`, async (t) => {
    const scene = await passkeyScene(t);
    const access = await enrolling(scene, await somebody(scene));
    const { client } = scene;
    const begun = (await client.ask(passkeys.beginRegistration, 201, { token: access })).body;
    const authenticator = new Authenticator(scene.running.url);
    const send = (tweaks: Knobs) =>
      client.send(passkeys.registerPasskey, {
        token: access,
        json: {
          challenge_id: begun.challenge_id,
          credential: authenticator.register(begun.options, tweaks),
        },
      });
    neutral(await send(knobs));
    neutral(await send({}));
  });
}

test('an attestation by a certificate is refused though it holds, since nobody asked for one', async (t) => {
  const scene = await passkeyScene(t);
  const access = await enrolling(scene, await somebody(scene));
  const { answer } = await tryToRegister(scene, access, { knobs: { attestation: await maker() } });
  neutral(answer);
});

/** A maker whose certificate has all that WebAuthn asks of it (§8.2.1). */
async function maker(): Promise<Maker> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'C=GB, O=Maker of keys, OU=Authenticator Attestation, CN=Model 1',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 3_600_000),
    extensions: [new BasicConstraintsExtension(false)],
  });
  return { certificate: new Uint8Array(certificate.rawData), key: KeyObject.from(keys.privateKey) };
}

test('a challenge works once, for five minutes, and for the wallet that it was made for', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const person = await somebody(scene);
  const [one, other] = [await enrolling(scene, person), await enrolling(scene, person)];
  const prepared = async () => {
    const begun = (await client.ask(passkeys.beginRegistration, 201, { token: one })).body;
    const credential = new Authenticator(running.url).register(begun.options);
    return { challenge_id: begun.challenge_id, credential };
  };
  neutral(await client.send(passkeys.registerPasskey, { token: other, json: await prepared() }));
  const late = await prepared();
  running.pass(FIVE_MINUTES);
  neutral(await client.send(passkeys.registerPasskey, { token: one, json: late }));
  const good = await prepared();
  await client.ask(passkeys.registerPasskey, 201, { token: one, json: good });
});

test('a challenge to sign in registers nothing', async (t) => {
  const scene = await passkeyScene(t);
  const token = await enrolling(scene, await somebody(scene));
  const { client, running } = scene;
  const begun = (await client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
  const options = { ...begun.options, rp: { id: begun.options.rpId }, user: { id: 'AAAA' } };
  const credential = new Authenticator(running.url).register(options);
  const json = { challenge_id: begun.challenge_id, credential };
  neutral(await client.send(passkeys.registerPasskey, { token, json }));
});

test('with the access token of an offer only the first passkey is registered, also of several at once', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const token = await enrolling(scene, await somebody(scene));
  const prepared = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const begun = (await client.ask(passkeys.beginRegistration, 201, { token })).body;
      const credential = new Authenticator(running.url).register(begun.options);
      return { challenge_id: begun.challenge_id, credential };
    }),
  );
  const answers = await Promise.all(
    prepared.map((json) => client.send(passkeys.registerPasskey, { token, json })),
  );
  assert.deepEqual(answers.map(({ code }) => code ?? 'registered').sort(), [
    'registered',
    'verification_required',
    'verification_required',
    'verification_required',
  ]);
  assert.equal((await client.send(passkeys.beginRegistration, { token })).code, 'verification_required');
});

test('a further passkey takes a session that began less than five minutes ago, and brings no lock code', async (t) => {
  const scene = await passkeyScene(t);
  const holder = await passkeyHolder(scene);
  scene.running.pass(FIVE_MINUTES - 1_000);
  const { answer } = await tryToRegister(scene, holder.token, { name: 'Key on the ring' });
  assert.equal(answer.status, 201, answer.text);
  assert.equal((answer.body as { lock_code: unknown }).lock_code, null);
  scene.running.pass(1_000);
  const stale = await scene.client.send(passkeys.beginRegistration, { token: holder.token });
  assert.equal(stale.code, 'verification_required');
});

test('a further passkey is not made where one of the wallet lies already, and lies beside those of other wallets', async (t) => {
  const scene = await passkeyScene(t);
  const holder = await passkeyHolder(scene);
  const second = await passkeyHolder(scene, holder.person);
  const begun = await scene.client.ask(passkeys.beginRegistration, 201, { token: holder.token });
  const { excludeCredentials, user } = begun.body.options;
  assert.deepEqual(excludeCredentials, [
    { id: holder.authenticator.id, type: 'public-key', transports: ['hybrid', 'internal'] },
  ]);
  assert.equal(user.id, holder.authenticator.userHandle);
  assert.notEqual(user.id, second.authenticator.userHandle);
});

test('a credential that is registered is not registered again, for nobody', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator } = await passkeyHolder(scene);
  const other = await enrolling(scene, await somebody(scene));
  const { answer } = await tryToRegister(scene, other, { authenticator });
  assert.equal(answer.code, 'conflict');
});

test('a wallet removes a passkey, whose sessions end, but not its last one', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const holder = await passkeyHolder(scene);
  const last = { token: holder.token, params: { id: holder.passkey } };
  assert.equal((await client.ask(passkeys.removePasskey, 409, last)).code, 'conflict');
  const { answer, authenticator } = await tryToRegister(scene, holder.token);
  const other = passkeys.registerPasskey.replies[201].schema.parse(answer.body);
  await client.ask(passkeys.removePasskey, 204, {
    token: other.session.token,
    params: { id: holder.passkey },
  });
  await client.ask(listSessions, 401, { token: holder.token });
  neutral((await tryToSignIn(scene, holder.authenticator)).answer);
  await signedIn(scene, authenticator);
});

test('a wallet removes no passkey of another, not even of the same person, and none with a stale session', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const holder = await passkeyHolder(scene);
  const other = await passkeyHolder(scene, holder.person);
  await tryToRegister(scene, other.token);
  const asked = { token: holder.token, params: { id: other.passkey } };
  assert.equal((await client.ask(passkeys.removePasskey, 404, asked)).code, 'not_found');
  running.pass(FIVE_MINUTES);
  assert.equal((await client.send(passkeys.removePasskey, asked)).code, 'verification_required');
});

test('a wallet has twenty passkeys at most', async (t) => {
  const scene = await passkeyScene(t);
  const { token } = await passkeyHolder(scene);
  for (let i = 1; i < 20; i++) {
    assert.equal((await tryToRegister(scene, token)).answer.status, 201);
  }
  assert.equal((await scene.client.send(passkeys.beginRegistration, { token })).code, 'conflict');
});

test('what the prf extension gave is refused, so that it is not sent by mistake', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const token = await enrolling(scene, await somebody(scene));
  const begun = (await client.ask(passkeys.beginRegistration, 201, { token })).body;
  const credential = {
    ...new Authenticator(running.url).register(begun.options),
    clientExtensionResults: { prf: { enabled: true, results: { first: 'AAAA' } } },
  };
  const json = { challenge_id: begun.challenge_id, credential };
  const { body } = await client.ask(passkeys.registerPasskey, 400, { token, json });
  assert.deepEqual(
    body.errors?.map(({ pointer }) => pointer),
    ['/credential/clientExtensionResults'],
  );
});

test('a session fetches no copies: that takes the access token of an offer', async (t) => {
  const scene = await passkeyScene(t);
  const { token } = await passkeyHolder(scene);
  const { code } = await scene.client.send(issueCredential, { token, json: {} });
  assert.equal(code, 'forbidden');
});
