import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { issueCredential } from '../../src/issuance/endpoints.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import { copies, credentialRequest, presentationOf } from '../support/client.ts';
import { deviceKeys, keyProof } from '../support/holder-keys.ts';
import { MARK, runs, survives } from '../support/spoilt.ts';
import { sharedStage } from '../support/stage.ts';

const stage = sharedStage();
const CHARACTERS = [...'AZaz09-_~.= ', '\0', 'é', '１', '\ud800'];

/** The text with one character changed, taken out or put in. */
function nudged(text: string): fc.Arbitrary<string> {
  const change = fc.tuple(
    fc.nat(text.length - 1),
    fc.constantFrom(...CHARACTERS),
    fc.constantFrom('swap', 'drop', 'add'),
  );
  return change
    .map(([at, character, how]) => {
      const rest = text.slice(how === 'add' ? at : at + 1);
      return text.slice(0, at) + (how === 'drop' ? '' : character) + rest;
    })
    .filter((other) => other !== text);
}

/** The parts with one of them dropped, said twice or moved, or all of them turned round. */
function shuffled(parts: readonly string[]): readonly (readonly string[])[] {
  const without = parts.map((_, at) => parts.filter((__, other) => other !== at));
  const twice = parts.map((part, at) => parts.toSpliced(at, 0, part));
  const moved = without.flatMap((others, at) => others.map((_, to) => others.toSpliced(to, 0, parts[at]!)));
  const changed = [...without, ...twice, ...moved, parts.toReversed(), []];
  return changed.filter((other) => other.join('~') !== parts.join('~'));
}

describe('a presentation', () => {
  test('with any character changed is refused by the check that failed, and uses nothing up', async () => {
    const good = await presentationOf(stage(), stage().copy);
    await fc.assert(
      fc.asyncProperty(nudged(good), async (spoilt) => void (await refused(spoilt))),
      runs(250),
    );
    await stillGood(good);
  });

  test('with any part flipped near its seams is refused, and uses nothing up', async () => {
    const good = await presentationOf(stage(), stage().copy, 18, 21);
    const seams = [...good.matchAll(/[.~]/g)].flatMap(({ index }) => [index - 1, index, index + 1]);
    for (const at of [0, ...seams, good.length - 1]) {
      await refused(good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1));
    }
    await stillGood(good);
  });

  test('with disclosures dropped, doubled, moved or from elsewhere is refused, and uses nothing up', async () => {
    const good = await presentationOf(stage(), stage().copy, 18, 21, 25);
    const [jws = '', ...rest] = good.split('~');
    const binding = rest.pop() ?? '';
    const other = (await another()).split('~')[1] ?? '';
    const forged = Buffer.from(JSON.stringify(['salt', MARK, true])).toString('base64url');
    const sets = [
      ...shuffled(rest),
      [...rest, other],
      [...rest, forged],
      ['', ...rest],
      Array<string>(201).fill(forged),
    ];
    for (const set of sets) await refused([jws, ...set, binding].join('~'));
    await stillGood(good);
  });

  test("with no key binding, another copy's, or its own for something else is refused, and uses nothing up", async () => {
    const good = await presentationOf(stage(), stage().copy);
    const body = good.slice(0, good.lastIndexOf('~') + 1);
    const [strange, older] = [await another(), await presentationOf(stage(), stage().copy, 21)];
    const bindings = [strange, older].map((text) => text.slice(text.lastIndexOf('~') + 1));
    const [header, payload] = good.slice(body.length).split('.');
    const unsigned = [`${header}.${payload}.`, `${none()}.${payload}.`];
    for (const binding of ['', ...bindings, ...unsigned, `${bindings[0]}~`]) await refused(body + binding);
    await stillGood(good);
    await stillGood(strange);
    await stillGood(older);
  });

  test('is taken once: the same again is a used nonce', async () => {
    const good = await presentationOf(stage(), stage().copy);
    await stillGood(good);
    assert.equal(await refused(good), 'used_nonce');
  });
});

describe('key proofs', () => {
  test('with any character changed are refused, and use nothing up', async () => {
    const good = await credentialRequest(stage(), await deviceKeys(1));
    const [proof = ''] = good.proofs.jwt;
    const property = fc.asyncProperty(nudged(proof), async (spoilt) => void (await denied(good, [spoilt])));
    await fc.assert(property, runs(150));
    await granted(good, 1);
  });

  test('of which one is wrong are refused as a whole, and use nothing up', async () => {
    const good = await credentialRequest(stage(), await deviceKeys(3));
    const [first = '', second = '', third = ''] = good.proofs.jwt;
    const [header, payload] = first.split('.');
    const crossed = `${header}.${payload}.${second.split('.')[2]}`;
    const wrong = ['', MARK, '..', crossed, `${none()}.${payload}.`, `${first}~`, first, first.slice(0, -1)];
    for (const spoilt of wrong) await denied(good, [first, spoilt, third]);
    await denied(good, []);
    await denied(good, Array<string>(31).fill(first));
    await granted(good, 3);
  });

  test('with headers and claims of all sorts are refused, and use nothing up', async () => {
    const [key] = await deviceKeys(1);
    const good = await credentialRequest(stage(), [key!]);
    const { nonce, aud } = JSON.parse(
      Buffer.from(good.proofs.jwt[0]!.split('.')[1]!, 'base64url').toString(),
    );
    const here = { audience: aud, nonce, now: stage().running.now() };
    const nasty = fc.oneof(fc.jsonValue(), fc.constantFrom(MARK, '', null, 2 ** 60, [MARK], { x5c: [MARK] }));
    const spoilt = fc.oneof(
      fc.tuple(fc.constantFrom('typ', 'jwk'), nasty).map(([name, value]) => ({ header: { [name]: value } })),
      fc
        .tuple(fc.constantFrom('aud', 'nonce', 'iat'), nasty)
        .map(([name, value]) => ({ payload: { [name]: value } })),
    );
    const property = fc.asyncProperty(spoilt, async (change) => {
      await denied(good, [await keyProof(key!, here, change)]);
    });
    await fc.assert(property, runs(100));
    await granted(good, 1);
  });

  test('are taken once: the same again is a used nonce', async () => {
    const good = await credentialRequest(stage(), await deviceKeys(1));
    await granted(good, 1);
    assert.equal(await denied(good, good.proofs.jwt), 'invalid_nonce');
  });
});

/** A good presentation of another copy. */
async function another(): Promise<string> {
  const [copy] = await copies(stage(), stage().tokens.holder, 1);
  return presentationOf(stage(), copy!);
}

/** A header that says that there is no signature. */
function none(): string {
  return Buffer.from(JSON.stringify({ alg: 'none', typ: 'kb+jwt' })).toString('base64url');
}

/** Refused for what it is; answers the check that failed. */
async function refused(presentation: string): Promise<string> {
  const answer = await survives(stage(), createPresentation, { json: { presentation } });
  assert.equal(answer.code, 'invalid_presentation', answer.text);
  const [error] = (answer.body as { errors: { pointer: string; code: string }[] }).errors;
  assert.equal(error?.pointer, '/presentation');
  assert.match(error.code, /^[a-z_]+$/);
  return error.code;
}

async function stillGood(presentation: string): Promise<void> {
  await stage().client.ask(createPresentation, 201, { json: { presentation } });
}

type Request = Awaited<ReturnType<typeof credentialRequest>>;

async function denied(good: Request, jwt: readonly string[]): Promise<string> {
  const { code } = await survives(stage(), issueCredential, { json: { ...good, proofs: { jwt } } });
  assert.ok(['invalid_proof', 'invalid_nonce'].includes(String(code)), String(code));
  return String(code);
}

async function granted(json: Request, count: number): Promise<void> {
  const { body } = await stage().client.ask(issueCredential, 200, { token: stage().tokens.holder, json });
  assert.equal(body.credentials.length, count);
}
