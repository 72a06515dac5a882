/**
 * A passkey authenticator, written from the specification (Web Authentication Level 3, §6 and §7) with the keys of
 * node:crypto and a few lines of CBOR, so that it shares nothing with the library that checks what it makes.
 */

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

type Algorithm = 'ES256' | 'EdDSA' | 'RS256';

/** What somebody changes who is no honest browser or authenticator. */
export interface Knobs {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** `webauthn.create` or `webauthn.get`, whichever is right, unless it is set. */
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userPresent?: boolean;
  readonly userVerified?: boolean;
  readonly counter?: number;
  /** Flips a bit of the signature. */
  readonly tampered?: boolean;
  readonly userHandle?: string | null;
  readonly backedUp?: boolean;
  readonly attestation?: 'none' | 'self' | Maker;
  /** Says that another credential signed. */
  readonly id?: string;
}

/** Who vouches for the authenticator: a certificate in DER, and its key. */
export interface Maker {
  readonly certificate: Uint8Array;
  readonly key: KeyObject;
}

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

/** One passkey on one device. */
export class Authenticator {
  readonly id: string;
  readonly #algorithm: Algorithm;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #origin: string;
  /** As the relying party gave it. */
  userHandle = '';
  /** 0 for an authenticator that does not count. */
  counter = 0;

  constructor(origin: string, { algorithm = 'ES256' as Algorithm } = {}) {
    this.#origin = origin;
    this.#algorithm = algorithm;
    const pair = keyPair(algorithm);
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
    this.id = randomBytes(24).toString('base64url');
  }

  /** RegistrationResponseJSON to these options. */
  register(options: CreationOptions, knobs: Knobs = {}) {
    this.userHandle = options.user.id;
    const clientDataJSON = this.#clientData('webauthn.create', options.challenge, knobs);
    const authData = this.#authData(options.rp.id, knobs, this.#attestedCredential());
    const attestationObject = cborMap([
      ['fmt', cborText(knobs.attestation === undefined || knobs.attestation === 'none' ? 'none' : 'packed')],
      ['attStmt', this.#statement(authData, clientDataJSON, knobs)],
      ['authData', cborBytes(authData)],
    ]);
    const id = knobs.id ?? this.id;
    return {
      id,
      rawId: id,
      type: 'public-key' as const,
      clientExtensionResults: { credProps: { rk: true }, prf: { enabled: true } },
      authenticatorAttachment: 'platform',
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal', 'hybrid', 'telepathy'],
      },
    };
  }

  /** AuthenticationResponseJSON to these options. */
  signIn(options: RequestOptions, knobs: Knobs = {}) {
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, knobs);
    const authData = this.#authData(options.rpId, knobs);
    const signature = this.#sign(authData, clientDataJSON);
    if (knobs.tampered) signature[signature.length - 1]! ^= 1;
    const userHandle = knobs.userHandle === undefined ? this.userHandle : knobs.userHandle;
    const id = knobs.id ?? this.id;
    return {
      id,
      rawId: id,
      type: 'public-key' as const,
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(userHandle !== null && { userHandle }),
      },
    };
  }

  #clientData(type: string, challenge: string, knobs: Knobs): Buffer {
    const { origin = this.#origin, crossOrigin = false } = knobs;
    return Buffer.from(
      JSON.stringify({
        type: knobs.type ?? type,
        challenge: knobs.challenge ?? challenge,
        origin,
        crossOrigin,
      }),
    );
  }

  /** §6.1: the hash of the relying party's id, flags, counter, and at registration the new credential. */
  #authData(rpId: string, knobs: Knobs, attested?: Buffer): Buffer {
    const { userPresent = true, userVerified = true, backedUp = false } = knobs;
    const flags =
      (userPresent ? 0x01 : 0) |
      (userVerified ? 0x04 : 0) |
      (backedUp ? 0x18 : 0) |
      (attested === undefined ? 0 : 0x40);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(knobs.counter ?? this.counter);
    return Buffer.concat([
      sha256(knobs.rpId ?? rpId),
      Buffer.of(flags),
      counter,
      attested ?? Buffer.alloc(0),
    ]);
  }

  /** §6.5.2: AAGUID of an authenticator that names no model, the credential's id, its COSE key. */
  #attestedCredential(): Buffer {
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    return Buffer.concat([Buffer.alloc(16), length, id, coseKey(this.#algorithm, this.#publicKey)]);
  }

  /** §8.2 and §8.7. */
  #statement(authData: Buffer, clientDataJSON: Buffer, knobs: Knobs): Buffer {
    const { attestation = 'none' } = knobs;
    if (attestation === 'none') return cborMap([]);
    const maker = attestation === 'self' ? null : attestation;
    const signature = maker
      ? sign('sha256', Buffer.concat([authData, sha256(clientDataJSON)]), maker.key)
      : this.#sign(authData, clientDataJSON);
    if (knobs.tampered) signature[signature.length - 1]! ^= 1;
    const entries: [string, Buffer][] = [
      ['alg', cborInt(COSE_ALGORITHM[this.#algorithm])],
      ['sig', cborBytes(signature)],
    ];
    return cborMap(maker ? [...entries, ['x5c', cborArray([cborBytes(maker.certificate)])]] : entries);
  }

  #sign(authData: Buffer, clientDataJSON: Buffer): Buffer {
    const data = Buffer.concat([authData, sha256(clientDataJSON)]);
    return sign(this.#algorithm === 'EdDSA' ? null : 'sha256', data, this.#privateKey);
  }
}

const COSE_ALGORITHM = { ES256: -7, EdDSA: -8, RS256: -257 } as const;

function keyPair(algorithm: Algorithm) {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** COSE_Key (RFC 9052 §7, RFC 9053 §7, RFC 8230 §4), its members in the order of CTAP2. */
function coseKey(algorithm: Algorithm, key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const bytes = (value: unknown) => cborBytes(Buffer.from(String(value), 'base64url'));
  const alg: [number, Buffer] = [3, cborInt(COSE_ALGORITHM[algorithm])];
  if (algorithm === 'ES256')
    return cborMap([[1, cborInt(2)], alg, [-1, cborInt(1)], [-2, bytes(jwk.x)], [-3, bytes(jwk.y)]]);
  if (algorithm === 'EdDSA') return cborMap([[1, cborInt(1)], alg, [-1, cborInt(6)], [-2, bytes(jwk.x)]]);
  return cborMap([[1, cborInt(3)], alg, [-1, bytes(jwk.n)], [-2, bytes(jwk.e)]]);
}

/** RFC 8949 §3: the major type and its argument. */
function cborHead(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | argument);
  if (argument < 0x100) return Buffer.of((major << 5) | 24, argument);
  const head = Buffer.alloc(3);
  head[0] = (major << 5) | 25;
  head.writeUInt16BE(argument, 1);
  return head;
}

function cborInt(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}

function cborBytes(bytes: Uint8Array): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
}

function cborArray(items: readonly Buffer[]): Buffer {
  return Buffer.concat([cborHead(4, items.length), ...items]);
}

function cborMap(entries: readonly (readonly [string | number, Buffer])[]): Buffer {
  const flat = entries.flatMap(([key, value]) => [
    typeof key === 'string' ? cborText(key) : cborInt(key),
    value,
  ]);
  return Buffer.concat([cborHead(5, entries.length), ...flat]);
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
