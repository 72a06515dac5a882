import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { clientAuthenticationAnonymous, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { digest, generateSalt } from '@sd-jwt/crypto-nodejs';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { CompactSign, compactVerify, exportJWK, generateKeyPair, importX509, type JWK } from 'jose';
import { call } from '../../src/cli/demo/call.ts';
import { ADA, offeredPerson, shopWith } from '../support/people.ts';
import { runService } from '../support/service.ts';

setGlobalConfig({ allowInsecureUrls: true });

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** A wallet that shares no code with the service: its own protocol client, its own keys, its own signatures. */
function independentWallet(keys: Map<string, KeyPair['privateKey']>): Openid4vciClient {
  return new Openid4vciClient({
    callbacks: {
      hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
      generateRandom: (length) => randomBytes(length),
      clientAuthentication: clientAuthenticationAnonymous(),
      async signJwt(signer, { header, payload }) {
        if (signer.method !== 'jwk') throw new Error('a device key is needed');
        const key = keys.get(signer.publicJwk.x ?? '');
        if (key === undefined) throw new Error('that key is not on this device');
        const signing = new CompactSign(new TextEncoder().encode(JSON.stringify(payload)));
        const protectedHeader = JSON.parse(JSON.stringify({ ...header, alg: 'ES256' })) as { alg: string };
        const jwt = await signing.setProtectedHeader(protectedHeader).sign(key);
        return { jwt, signerJwk: signer.publicJwk };
      },
    },
  });
}

async function deviceKey(keys: Map<string, KeyPair['privateKey']>): Promise<JWK & { kty: string }> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const { kty = '', crv, x = '', y } = await exportJWK(pair.publicKey);
  keys.set(x, pair.privateKey);
  return { kty, crv: crv ?? '', x, y: y ?? '' };
}

test('an independent OpenID4VCI client enrols, and an independent verifier accepts what it got', async (t) => {
  const running = await runService(t);
  const person = await offeredPerson(running);
  const keys = new Map<string, KeyPair['privateKey']>();
  const client = independentWallet(keys);

  const credentialOffer = await client.resolveCredentialOffer(person.offerUri);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  assert.deepEqual(credentialOffer.credential_configuration_ids, ['age', 'status', 'identity']);
  const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer,
    issuerMetadata,
    txCode: person.txCode,
  });
  assert.equal(accessTokenResponse.authorization_details, undefined);

  for (const [type, asked, given] of [
    ['age', 30, 30],
    ['status', 2, 2],
    ['identity', 6, 5],
  ] as const) {
    const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
    const jwks = await Promise.all(Array.from({ length: asked }, () => deviceKey(keys)));
    const proofs = await Promise.all(
      jwks.map((publicJwk) =>
        client.createCredentialRequestJwtProof({
          issuerMetadata,
          credentialConfigurationId: type,
          nonce,
          issuedAt: running.now(),
          signer: { method: 'jwk', alg: 'ES256', publicJwk },
        }),
      ),
    );
    const { credentialResponse } = await client.retrieveCredentials({
      issuerMetadata,
      accessToken: accessTokenResponse.access_token,
      credentialConfigurationId: type,
      proofs: { jwt: proofs.map(({ jwt }) => jwt) },
    });
    const credentials = (credentialResponse.credentials ?? []).map((each) =>
      String((each as { credential: unknown }).credential),
    );
    assert.equal(credentials.length, given);
    for (const [at, credential] of credentials.entries()) {
      const { payload } = await independentVerifier(running.url).verify(credential);
      assert.equal(payload.vct, `${running.url}/credentials/${type}`);
      assert.equal(payload.iss, running.url);
      assert.equal((payload.cnf as { jwk: JWK }).jwk.x, jwks[at]?.x);
    }
    await client.sendNotification({
      issuerMetadata,
      accessToken: accessTokenResponse.access_token,
      notification: {
        notificationId: credentialResponse.notification_id ?? '',
        event: 'credential_accepted',
      },
    });
  }
});

/** Verifies with nothing of ours but what is public: the root certificate and the status list. */
function independentVerifier(url: string): SDJwtVcInstance {
  return new SDJwtVcInstance({
    hasher: digest,
    hashAlg: 'sha-256',
    saltGenerator: generateSalt,
    verifier: async (data, signature) => (await verifyByChain(url, `${data}.${signature}`)) !== null,
    statusVerifier: async (data: string, signature: string) =>
      (await verifyByChain(url, `${data}.${signature}`)) !== null,
    statusListFetcher: async (uri: string) => (await fetch(uri)).text(),
  });
}

async function verifyByChain(url: string, jws: string): Promise<unknown> {
  const [header = ''] = jws.split('.');
  const { x5c } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { x5c: readonly string[] };
  assert.equal(x5c.length, 1, 'the chain holds the leaf, and not the root');
  const { X509Certificate } = await import('node:crypto');
  const leaf = new X509Certificate(Buffer.from(x5c[0] ?? '', 'base64'));
  const root = new X509Certificate(await (await fetch(`${url}/certificates/root.pem`)).text());
  assert.ok(leaf.verify(root.publicKey), 'the leaf is signed by the root');
  assert.ok(root.ca && root.verify(root.publicKey));
  assert.match(leaf.subjectAltName ?? '', new RegExp(`URI:${url}`));
  return compactVerify(jws, await importX509(leaf.toString(), 'ES256'), { algorithms: ['ES256'] });
}

test('a suspended person shows in the next status list and at once at the till, and so does the reinstated one', async (t) => {
  const { makeHolder } = await import('../../src/cli/demo/holder.ts');
  const running = await runService(t);
  const { url, adminKey: token } = running;
  const person = await offeredPerson(running);
  const shop = await shopWith(running, ['age_over_18']);
  const holder = makeHolder(url, running.now);
  const wallet = await holder.enrol(person.offerUri, person.txCode, 3);
  const [first, second, third] = wallet.age ?? [];
  assert.ok(first && second && third);

  const ask = async (ticket: string) => {
    const json = { token: ticket, ask: { claims: ['age_over_18'] } };
    return (await call(`${url}/v1/verifications`, { method: 'POST', token: shop.key, json })).body;
  };
  const is18 = (path: readonly unknown[]): boolean => path.at(-1) === '18';
  const uploaded = await holder.show(first, is18);
  assert.equal(await listedStatus(first.credential), 0);

  const json = { reason: 'lost phone' };
  await call(`${url}/v1/people/${person.id}/suspend`, { method: 'POST', token, json });
  assert.equal((await ask(uploaded.ticket)).reason, 'suspended');
  assert.equal(await listedStatus(first.credential), 2);

  await call(`${url}/v1/people/${person.id}/reinstate`, { method: 'POST', token, json });
  assert.equal((await ask((await holder.show(second, is18)).ticket)).outcome, 'approved');
  assert.equal(await listedStatus(first.credential), 0);

  const last = await holder.show(third, is18);
  await call(`${url}/v1/people/${person.id}/revoke`, { method: 'POST', token, json });
  assert.equal((await ask(last.ticket)).reason, 'revoked');
  assert.equal(await listedStatus(first.credential), 1);
  assert.ok(!JSON.stringify(await ask(last.ticket)).includes(ADA.family_name));
});

/** The status of a credential as anybody reads it: the list that it names, its two bits. */
async function listedStatus(credential: string): Promise<number> {
  const { status } = payloadOf(credential) as { status: { status_list: { idx: number; uri: string } } };
  const { idx, uri } = status.status_list;
  const response = await fetch(uri);
  assert.equal(response.headers.get('content-type'), 'application/statuslist+jwt');
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  const payload = payloadOf(await response.text()) as {
    sub: string;
    ttl: number;
    status_list: { bits: number; lst: string };
  };
  assert.equal(payload.sub, uri);
  assert.equal(payload.status_list.bits, 2);
  const bytes = inflateSync(Buffer.from(payload.status_list.lst, 'base64url'));
  return ((bytes[idx >> 2] ?? 0) >> ((idx & 3) * 2)) & 3;
}

function payloadOf(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split('~')[0]?.split('.')[1] ?? '', 'base64url').toString());
}
