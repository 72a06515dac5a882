import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selective } from '../../src/formats/sd-jwt/conceal.ts';
import { issueSdJwt } from '../../src/formats/sd-jwt/issue.ts';
import { bound, type Copy, deviceKeys, disclosing, keyProof } from '../support/holder-keys.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  copies,
  here,
  MINUTE,
  OFFICER,
  oneCopy,
  payloadOf,
  present,
  type ServiceWorld,
  serviceWorld,
  URL_OF_SERVICE,
} from '../support/world.ts';

const invalid = (code: string) => refusal('invalid_presentation', '/presentation', code);
const accept = (w: ServiceWorld, text: string) => w.service.presentations.accept(text);

async function withCopy(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  return { w, ...(await oneCopy(w)) };
}

type World = Awaited<ReturnType<typeof withCopy>>;

/** Claims in the manner of an age copy, signed by the issuer's own key, differing by the change. */
async function issued(
  { w, copy }: World,
  change: object,
  typ = 'dc+sd-jwt',
  signer = w.service.ring.signer('issuer'),
) {
  const { _sd_alg, age_equal_or_over, ...open } = payloadOf(copy.sdJwt);
  const ages = selective({ hidden: { '18': true }, digests: 16 });
  const members = { ...open, ...change, age_equal_or_over: ages };
  return issueSdJwt(signer, typ, { open: members }, w.world.random);
}

const flipped = (sdJwt: string) => {
  const parts = sdJwt.split('~');
  const [salt, name, value] = JSON.parse(Buffer.from(parts[1]!, 'base64url').toString());
  parts[1] = Buffer.from(JSON.stringify([salt, name, !value])).toString('base64url');
  return parts.join('~');
};

/** One thing wrong with what was shown before its key binding, which is good for it. */
const SHOWN: Record<string, [string, (world: World) => Promise<string>]> = {
  'with an age made true that is not': [
    'unreferenced_disclosure',
    async ({ copy }) => flipped(disclosing(copy, 'age_equal_or_over/60')),
  ],
  "with another copy's disclosure": [
    'unreferenced_disclosure',
    async ({ w, holder, copy }) => {
      const [second] = (await copies(w, holder, 'age')).copies;
      const [, foreign] = disclosing(second!, 'age_equal_or_over/18').split('~');
      return `${disclosing(copy)}${foreign}~`;
    },
  ],
  'with a disclosure twice': [
    'duplicate_disclosure',
    async ({ copy }) => {
      const shown = disclosing(copy, 'age_equal_or_over/18');
      return `${shown}${shown.split('~')[1]}~`;
    },
  ],
  'that says it is of another issuer': [
    'wrong_issuer',
    (world) => issued(world, { iss: 'https://other.example' }),
  ],
  'of a type of another issuer': [
    'unknown_vct',
    (world) => issued(world, { vct: 'https://other.example/credentials/age' }),
  ],
  'of an unknown type': [
    'unknown_vct',
    (world) => issued(world, { vct: `${URL_OF_SERVICE}/credentials/passport` }),
  ],
  'of another typ': ['wrong_typ', (world) => issued(world, {}, 'vc+sd-jwt')],
  'that has expired': [
    'expired',
    (world) => issued(world, { exp: world.w.world.now().getTime() / 1_000 - 60 }),
  ],
  'that is of tomorrow': [
    'not_yet_valid',
    (world) => issued(world, { iat: world.w.world.now().getTime() / 1_000 + 86_400 }),
  ],
  'bound to no key': ['no_holder_key', (world) => issued(world, { cnf: undefined })],
  'without a status': ['no_status', (world) => issued(world, { status: undefined })],
  "with a status in another issuer's list": [
    'no_status',
    (world) => issued(world, { status: { status_list: { idx: 1, uri: 'https://other.example/1' } } }),
  ],
  'with a status place that was never given away': [
    'unknown_copy',
    (world) => issued(world, { status: placeBeside(world.copy) }),
  ],
  'signed by another key under our chain': [
    'bad_signature',
    async (world) => {
      const [stranger] = await deviceKeys(1);
      const signer = { ...world.w.service.ring.signer('issuer'), sign: stranger!.signer.sign };
      return issued(world, {}, 'dc+sd-jwt', signer);
    },
  ],
  'signed by our key that is for receipts': [
    'unknown_key',
    (world) => issued(world, {}, 'dc+sd-jwt', world.w.service.ring.signer('document')),
  ],
  'without a chain': [
    'unknown_key',
    (world) => issued(world, {}, 'dc+sd-jwt', { ...world.w.service.ring.signer('issuer'), x5c: [] }),
  ],
  'whose chain is that of another of our keys': [
    'unknown_key',
    (world) => {
      const { ring } = world.w.service;
      const next = ring.all().find(({ purpose, state }) => purpose === 'issuer' && state === 'next')!;
      return issued(world, {}, 'dc+sd-jwt', { ...ring.signer('issuer'), kid: next.id });
    },
  ],
  'whose key id is not one that we publish': [
    'unknown_key',
    (world) => issued(world, {}, 'dc+sd-jwt', { ...world.w.service.ring.signer('issuer'), kid: 'key_other' }),
  ],
};

function placeBeside(copy: Copy) {
  const { idx, uri } = payloadOf(copy.sdJwt).status.status_list;
  return { status_list: { idx: (idx + 1) % 131_072, uri } };
}

for (const [what, [code, make]] of Object.entries(SHOWN)) {
  test(`a presentation ${what} is refused as ${code} and uses no nonce up`, async (t) => {
    const world = await withCopy(t);
    const purpose = here(world.w);
    const shown = await make(world);
    await assert.rejects(accept(world.w, await bound(shown, world.copy.key, purpose)), invalid(code));
    await nothingUsedUp(world, purpose);
  });
}

async function nothingUsedUp({ w, copy }: World, purpose: ReturnType<typeof here>) {
  assert.deepEqual(await w.db('presentations'), []);
  const good = await bound(disclosing(copy, 'age_equal_or_over/18'), copy.key, {
    ...purpose,
    now: w.world.now(),
  });
  await assert.doesNotReject(accept(w, good));
}

test("another service's copy is refused, though its key has the id of ours", async (t) => {
  const world = await withCopy(t);
  const stranger = await serviceWorld(t, { seed: 2 });
  const theirs = {
    ...stranger.service.ring.signer('issuer'),
    kid: world.w.service.ring.signer('issuer').kid,
  };
  const purpose = here(world.w);
  const shown = await issued(world, {}, 'dc+sd-jwt', theirs);
  await assert.rejects(accept(world.w, await bound(shown, world.copy.key, purpose)), invalid('unknown_key'));
  const { copy } = await oneCopy(stranger);
  const whole = await bound(disclosing(copy, 'age_equal_or_over/18'), copy.key, purpose);
  await assert.rejects(accept(world.w, whole), invalid('unknown_key'));
  await nothingUsedUp(world, purpose);
});

/** One thing wrong with the key binding of a good copy. */
const BOUND: Record<
  string,
  [string, (world: World, shown: string, at: ReturnType<typeof here>) => Promise<string>]
> = {
  'without a key binding': ['key_binding_not_bound', async (_, shown) => shown],
  'for another audience': [
    'key_binding_wrong_audience',
    (w, shown, at) => bound(shown, w.copy.key, { ...at, audience: 'https://shop.example' }),
  ],
  'for this audience with a slash': [
    'key_binding_wrong_audience',
    (w, shown, at) => bound(shown, w.copy.key, { ...at, audience: `${URL_OF_SERVICE}/` }),
  ],
  'with a nonce of its own making': [
    'wrong_nonce',
    (w, shown, at) => bound(shown, w.copy.key, { ...at, nonce: 'AAAA.AAAA' }),
  ],
  'signed by another device key': [
    'key_binding_bad_signature',
    async (_, shown, at) => bound(shown, (await deviceKeys(1))[0]!, at),
  ],
  'bound six minutes ago': [
    'key_binding_too_old',
    (w, shown, at) => bound(shown, w.copy.key, { ...at, now: new Date(at.now.getTime() - 6 * MINUTE) }),
  ],
  'bound in two minutes': [
    'key_binding_in_the_future',
    (w, shown, at) => bound(shown, w.copy.key, { ...at, now: new Date(at.now.getTime() + 2 * MINUTE) }),
  ],
  'bound with fewer disclosures than it shows': [
    'key_binding_wrong_sd_hash',
    async ({ copy }, shown, at) => {
      const keyBinding = (await bound(disclosing(copy), copy.key, at)).split('~').at(-1);
      return `${shown}${keyBinding}`;
    },
  ],
  'bound with more disclosures than it shows': [
    'key_binding_wrong_sd_hash',
    async ({ copy }, shown, at) =>
      `${disclosing(copy)}${(await bound(shown, copy.key, at)).split('~').at(-1)}`,
  ],
  'with a key proof in place of a key binding': [
    'key_binding_wrong_typ',
    async ({ copy }, shown, at) => `${shown}${await keyProof(copy.key, at)}`,
  ],
  'that is cut short': [
    'malformed',
    async ({ copy }, shown, at) => (await bound(shown, copy.key, at)).slice(0, shown.indexOf('~')),
  ],
  'that is empty': ['malformed', async () => ''],
};

for (const [what, [code, make]] of Object.entries(BOUND)) {
  test(`a presentation ${what} is refused as ${code} and uses no nonce up`, async (t) => {
    const world = await withCopy(t);
    const purpose = here(world.w);
    const shown = disclosing(world.copy, 'age_equal_or_over/18');
    await assert.rejects(accept(world.w, await make(world, shown, purpose)), invalid(code));
    await nothingUsedUp(world, purpose);
  });
}

test('a copy of somebody suspended or revoked gets no ticket, each by its own code', async (t) => {
  const world = await withCopy(t);
  const { w, copy, person } = world;
  const change = (to: 'suspend' | 'reinstate' | 'revoke') =>
    w.service.people.changeState(person.id, { change: to, reason: 'x' }, OFFICER);
  const purpose = here(w);
  const text = await bound(disclosing(copy, 'age_equal_or_over/18'), copy.key, purpose);
  await change('suspend');
  await assert.rejects(accept(w, text), invalid('suspended'));
  await change('reinstate');
  await nothingUsedUp(world, purpose);
  await change('revoke');
  await assert.rejects(present(w, copy), invalid('revoked'));
});

test("a stranger's forgeries take nothing from a copy's allowance", async (t) => {
  const w = await serviceWorld(t, { environment: { COPY_RATE: '1' } });
  const world = { w, ...(await oneCopy(w)) };
  const forger = { ...w.service.ring.signer('issuer'), sign: world.copy.key.signer.sign };
  const forged = await issued(world, {}, 'dc+sd-jwt', forger);
  for (const _ of [1, 2, 3]) {
    const text = await bound(forged, world.copy.key, here(w));
    await assert.rejects(accept(w, text), invalid('bad_signature'));
  }
  await assert.doesNotReject(present(w, world.copy));
});
