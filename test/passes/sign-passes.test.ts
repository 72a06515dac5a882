import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { blind, finalize } from '../../src/formats/blind-rsa/blind.ts';
import { type RsaPublicKey, readRsaSpki } from '../../src/formats/blind-rsa/public-key.ts';
import { bytesOf } from '../../src/formats/modular.ts';
import { base64url, fromBase64url } from '../../src/kernel/bytes.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { Fault } from '../../src/kernel/fault.ts';
import type { PassKey } from '../../src/passes/pass-key.ts';
import {
  DAY,
  enrol,
  type Holder,
  NOW,
  OFFICER,
  person,
  type ServiceWorld,
  serviceWorld,
} from '../support/world.ts';

const SETTINGS = { PASSES: 'on', AGES: '18,34', STATUSES: 'student', PASS_LISTED_DAYS: '1', PASS_QUOTA: '4' };

/** A service with its keys made, and a holder of 33 years who studies. */
async function passWorld(t: TestContext) {
  const w = await serviceWorld(t, { environment: SETTINGS });
  for (let turn = 0; turn < 3; turn++) await w.service.passes.makeKeys();
  const somebody = await person(w);
  return { w, somebody, holder: await enrol(w, somebody.id) };
}

/** The key of a claim and a date; today's if left out. */
function keyOf(w: ServiceWorld, claim: Claim, date = '2026-11-22'): PassKey {
  const key = w.service.passKeys.all().find((one) => one.claim === claim && one.window.date === date);
  return key ?? assert.fail(`there is no key for ${claim} on ${date}`);
}

function publicPart({ spki }: PassKey): RsaPublicKey {
  return readRsaSpki(spki) ?? assert.fail('the key is of another kind');
}

const random = (length: number) => new Uint8Array(randomBytes(length));

function blinded(key: PassKey, count = 1) {
  return Array.from({ length: count }, () => blind(publicPart(key), random(33), random));
}

async function sign(w: ServiceWorld, holder: Holder, key: PassKey, values: readonly string[]) {
  return w.service.passes.sign(holder, { keyId: key.keyId, blinded: values });
}

async function refusal(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (thrown) {
    assert.ok(thrown instanceof Fault, String(thrown));
    return thrown;
  }
  return assert.fail('it was not refused');
}

const texts = (values: readonly { readonly blinded: Uint8Array }[]) =>
  values.map((value) => base64url(value.blinded));

test('what was blinded is signed in the order asked, and finalizes under the key', async (t) => {
  const { w, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  const values = blinded(key, 4);
  const signatures = await sign(w, holder, key, texts(values));
  for (const [at, value] of values.entries()) {
    const signature = fromBase64url(signatures[at] ?? '') ?? assert.fail('it is no base64url');
    assert.notEqual(finalize(publicPart(key), value, signature), null);
  }
});

test('nobody gets passes for what they may not prove on the first day of the window', async (t) => {
  const { w, somebody, holder } = await passWorld(t);
  const over34 = keyOf(w, 'age_over_34');
  assert.equal((await refusal(sign(w, holder, over34, texts(blinded(over34))))).kind, 'forbidden');
  const student = keyOf(w, 'status_student');
  assert.equal((await sign(w, holder, student, texts(blinded(student)))).length, 1);
  await w.service.people.mend(
    somebody.id,
    { facts: { statuses: [{ type: 'student', until: '2026-11-22' as CalendarDate }] } },
    OFFICER,
  );
  const tomorrow = keyOf(w, 'status_student', '2026-11-23');
  assert.equal((await refusal(sign(w, holder, tomorrow, texts(blinded(tomorrow))))).kind, 'forbidden');
});

test('a birthday counts from the window that begins with it, asked for the day before', async (t) => {
  const { w } = await passWorld(t);
  const born = await person(w, { birthDate: '1992-11-23' as CalendarDate });
  const holder = await enrol(w, born.id);
  const today = keyOf(w, 'age_over_34');
  assert.equal((await refusal(sign(w, holder, today, texts(blinded(today))))).kind, 'forbidden');
  const tomorrow = keyOf(w, 'age_over_34', '2026-11-23');
  assert.equal((await sign(w, holder, tomorrow, texts(blinded(tomorrow)))).length, 1);
});

test('a suspended person gets no new passes at once', async (t) => {
  const { w, somebody, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  await sign(w, holder, key, texts(blinded(key)));
  await w.service.people.changeState(somebody.id, { change: 'suspend', reason: 'lost' }, OFFICER);
  assert.equal((await refusal(sign(w, holder, key, texts(blinded(key))))).kind, 'forbidden');
});

test('the identical request is answered again and takes nothing of the quota', async (t) => {
  const { w, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  const values = texts(blinded(key, 4));
  const first = await sign(w, holder, key, values);
  assert.deepEqual(await sign(w, holder, key, values), first);
  assert.equal((await refusal(sign(w, holder, key, texts(blinded(key))))).kind, 'quota_exceeded');
});

test('of many requests at once no more are signed than the quota has', async (t) => {
  const { w, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  const answers = await Promise.allSettled(
    Array.from({ length: 12 }, () => sign(w, holder, key, texts(blinded(key)))),
  );
  assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 4);
});

test('the quota is of the person: a second phone has no other, each claim and window has its own', async (t) => {
  const { w, somebody, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  await sign(w, holder, key, texts(blinded(key, 4)));
  const second = await enrol(w, somebody.id);
  assert.equal((await refusal(sign(w, second, key, texts(blinded(key))))).kind, 'quota_exceeded');
  for (const other of [keyOf(w, 'status_student'), keyOf(w, 'age_over_18', '2026-11-23')]) {
    assert.equal((await sign(w, second, other, texts(blinded(other, 4)))).length, 4);
  }
});

test('a value that cannot have been blinded is named, and then none is signed and nothing taken', async (t) => {
  const { w, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  const { n } = publicPart(key);
  const good = texts(blinded(key, 3));
  const number = (value: bigint) => base64url(bytesOf(value, 256));
  const bad = {
    '0': number(0n),
    '1': number(1n),
    'n-1': number(n - 1n),
    n: number(n),
    'above n': number(n + 1n),
    'all ones': number(2n ** 2048n - 1n),
    short: base64url(random(255)),
    long: base64url(random(257)),
    padded: `${good[0]}=`,
    empty: '',
    'no base64url': '!'.repeat(342),
  };
  for (const [what, value] of Object.entries(bad)) {
    const { kind, more } = await refusal(sign(w, holder, key, [...good, value]));
    assert.deepEqual(
      [kind, more.errors?.map(({ pointer }) => pointer)],
      ['invalid_request', ['/blinded/3']],
      what,
    );
  }
  const twice = await refusal(sign(w, holder, key, [...good, ...good.slice(0, 1)]));
  assert.equal(twice.more.errors?.[0]?.code, 'repeated');
  assert.equal(
    (await sign(w, holder, key, [...good, ...texts(blinded(key))])).length,
    4,
    'nothing was taken',
  );
});

test('a key signs from the window before its own to the end of it', async (t) => {
  const { w, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18', '2026-11-23');
  const at = async (instant: string) => {
    w.goTo(instant);
    const values = texts(blinded(key));
    return sign(w, holder, key, values).then(
      () => 'signed',
      (fault: Fault) => fault.more.errors?.[0]?.code,
    );
  };
  assert.equal(await at('2026-11-21T23:59:59.999Z'), 'not_signing');
  assert.equal(await at('2026-11-22T00:00:00Z'), 'signed');
  assert.equal(await at('2026-11-23T23:59:59.999Z'), 'signed');
  assert.equal(await at('2026-11-24T00:00:00Z'), 'not_signing');
});

test('a key that nobody knows, was withdrawn or destroyed signs nothing', async (t) => {
  const { w, holder } = await passWorld(t);
  const { passKeys } = w.service.stores;
  const code = async (keyId: string) =>
    (await refusal(w.service.passes.sign(holder, { keyId, blinded: [] }))).more.errors?.[0]?.code;
  assert.equal(await code('00000000'), 'unknown_key');
  const [withdrawn, destroyed] = [keyOf(w, 'age_over_18'), keyOf(w, 'status_student')];
  await passKeys.withdraw(withdrawn.keyId, NOW);
  await passKeys.destroyOver(destroyed.window.ends);
  await w.service.passKeys.refresh();
  assert.equal(await code(withdrawn.keyId), 'not_signing');
  assert.equal(await code(destroyed.keyId), 'not_signing');
});

test('what is kept of a request tells nothing: no value, no signature, no name of the person', async (t) => {
  const { w, somebody, holder } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  const values = texts(blinded(key, 4));
  const signatures = await sign(w, holder, key, values);
  const rows = [...(await w.db('pass_quotas')), ...(await w.db('pass_requests'))];
  assert.equal(rows.length, 2);
  const kept = JSON.stringify(rows);
  for (const text of [...values, ...signatures, somebody.id, holder.wallet, 'age_over_18'])
    assert.equal(kept.includes(text), false);
  await w.service.stores.passQuotas.purge(new Date(key.window.ends.getTime()));
  assert.deepEqual([...(await w.db('pass_quotas')), ...(await w.db('pass_requests'))], []);
});

test('keys are made for every claim and window ahead, once, and the private part goes with the window', async (t) => {
  const { w } = await passWorld(t);
  const keys = w.service.passKeys.all();
  assert.equal(keys.length, 3 * 2);
  await w.service.passes.makeKeys();
  assert.equal(w.service.passKeys.all().length, 6);
  w.pass(DAY);
  await w.service.stores.passKeys.destroyOver(w.world.now());
  await w.service.passKeys.refresh();
  const left = w.service.passKeys.all().filter(({ sealedPrivate }) => sealedPrivate !== null);
  assert.deepEqual([...new Set(left.map(({ window }) => window.date))], ['2026-11-23']);
});

test('a key that is withdrawn stays listed, signs nothing, and is withdrawn once', async (t) => {
  const { w } = await passWorld(t);
  const key = keyOf(w, 'age_over_18');
  await w.service.passes.withdraw(key.keyId, OFFICER);
  assert.deepEqual(keyOf(w, 'age_over_18').withdrawnAt, w.world.now());
  assert.equal(keyOf(w, 'age_over_18').sealedPrivate, null);
  assert.ok((await w.events()).includes(`pass_key.withdrawn pass_key:${key.keyId}`));
  assert.equal((await refusal(w.service.passes.withdraw(key.keyId, OFFICER))).kind, 'not_found');
  await w.service.passes.makeKeys();
  assert.equal(w.service.passKeys.all().length, 6, 'nothing takes its place');
});
