import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importP256 } from '../../src/formats/jwk.ts';
import { readJws } from '../../src/formats/jws.ts';
import { SD_JWT_VC_TYP } from '../../src/formats/sd-jwt/vc.ts';
import { verifySdJwt } from '../../src/formats/sd-jwt/verify.ts';
import { verifyChain } from '../../src/formats/x509.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { CredentialType } from '../../src/kernel/credential-type.ts';
import type { Facts } from '../../src/people/person.ts';
import type { Copy } from '../support/holder-keys.ts';
import {
  ADA,
  copies,
  enrol,
  HOUR,
  oneCopy,
  PORTRAIT,
  payloadOf,
  person,
  type ServiceWorld,
  serviceWorld,
  URL_OF_SERVICE,
} from '../support/world.ts';

const day = (text: string) => text as CalendarDate;

/** Everything that a copy says with all of it disclosed, once the issuer's signature held. */
async function claimsOf(w: ServiceWorld, { sdJwt }: Copy) {
  const { kid, x5c } = readJws(sdJwt.split('~')[0]!)!.header;
  const chain = await verifyChain(x5c as string[], [w.service.ring.root()], w.world.now());
  assert.deepEqual(chain?.uris, [URL_OF_SERVICE]);
  assert.equal(kid, w.service.ring.signer('issuer').kid);
  const result = await verifySdJwt(sdJwt, { key: (await importP256(chain!.jwk))!, typ: SD_JWT_VC_TYP });
  assert.ok(result.ok, result.ok ? '' : result.reason);
  return result.claims;
}

const without = (claims: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));

const CONSTANT = ['iss', 'vct', 'iat', 'exp', 'cnf', 'status'];
const AGES = Object.fromEntries([12, 14, 15, 16, 18, 20, 21, 25, 60, 65].map((age) => [age, age <= 33]));

const SAYS: [CredentialType, object][] = [
  ['age', { age_equal_or_over: AGES }],
  ['status', { status_student: true }],
  [
    'identity',
    {
      age_equal_or_over: AGES,
      family_name: 'Lovelace',
      given_name: 'Ada',
      birth_date: '1992-12-10',
      document_number: 'DOC-77421',
      nationality: 'GB',
      portrait: `data:image/jpeg;base64,${Buffer.from(PORTRAIT).toString('base64')}`,
    },
  ],
];

for (const [type, says] of SAYS) {
  test(`a copy of type ${type} is bound to its key, verifies, and says this and no more`, async (t) => {
    const w = await serviceWorld(t);
    const { copy } = await oneCopy(w, type);
    const claims = await claimsOf(w, copy);
    assert.deepEqual(without(claims, ...CONSTANT), says);
    assert.deepEqual(claims.cnf, { jwk: copy.key.jwk });
    const { iss, vct, iat, exp } = claims;
    assert.deepEqual([iss, vct], [URL_OF_SERVICE, `${URL_OF_SERVICE}/credentials/${type}`]);
    assert.deepEqual(
      [iat, exp],
      ['2026-11-22', '2026-12-06'].map((date) => Date.parse(`${date}T00:00:00Z`) / 1_000),
    );
  });

  test(`nothing of a copy of type ${type} is open but what all copies have`, async (t) => {
    const w = await serviceWorld(t);
    const { copy } = await oneCopy(w, type);
    const payload = payloadOf(copy.sdJwt);
    const ages = type === 'status' ? [] : ['age_equal_or_over'];
    const open = new Set([...CONSTANT, ...ages, '_sd', '_sd_alg']);
    assert.deepEqual(without(payload, ...open), {});
    if (type !== 'status') assert.deepEqual(Object.keys(payload.age_equal_or_over), ['_sd']);
  });

  test(`copies of type ${type} of two very different people look alike`, async (t) => {
    const w = await serviceWorld(t);
    const one = await oneCopy(w, type);
    w.pass(3 * HOUR);
    const many = ['student', 'veteran', 'disability'].map((status) => ({
      type: status,
      until: day('2026-11-23'),
    }));
    const unlike: Partial<Facts> = {
      familyName: 'B',
      birthDate: day('2020-02-29'),
      documentNumber: null,
      nationality: null,
      statuses: many,
    };
    const somebody = await person(w, unlike);
    const { copies: others } = await copies(w, await enrol(w, somebody.id), type, 2);
    const shapes = [one.copy, ...others].map(shapeOf);
    assert.deepEqual(shapes[1], shapes[0]);
    assert.deepEqual(shapes[2], shapes[0]);
  });

  test(`no two copies of type ${type} share a salt, a digest, a key or a status place`, async (t) => {
    const w = await serviceWorld(t);
    const somebody = await person(w, {}, PORTRAIT);
    const all: Copy[] = [];
    for (const _ of [1, 2]) all.push(...(await copies(w, await enrol(w, somebody.id), type, 5)).copies);
    const parts = all.map(({ sdJwt }) => {
      const payload = payloadOf(sdJwt);
      const salts = sdJwt
        .split('~')
        .slice(1, -1)
        .map((text) => JSON.parse(Buffer.from(text, 'base64url').toString())[0]);
      const digests = [...(payload._sd ?? []), ...(payload.age_equal_or_over?._sd ?? [])];
      return [...salts, ...digests, payload.cnf.jwk.x, JSON.stringify(payload.status)];
    });
    const every = parts.flat();
    assert.equal(new Set(every).size, every.length);
  });
}

/** All of a copy that anybody sees, with what is random left out. */
function shapeOf({ sdJwt }: Copy) {
  const [jws = ''] = sdJwt.split('~');
  const payload = payloadOf(sdJwt);
  const list = payload.status.status_list;
  return {
    header: readJws(jws)!.header,
    names: Object.keys(payload),
    ages: payload.age_equal_or_over && [
      Object.keys(payload.age_equal_or_over),
      payload.age_equal_or_over._sd.length,
    ],
    digests: payload._sd?.length,
    sorted: isSorted(payload._sd ?? []) && isSorted(payload.age_equal_or_over?._sd ?? []),
    same: [payload.iss, payload.vct, payload.iat, payload.exp, payload._sd_alg, list.uri],
    key: Object.keys(payload.cnf.jwk),
    status: [Object.keys(payload.status), Object.keys(list)],
  };
}

function isSorted(digests: readonly string[]): boolean {
  return JSON.stringify(digests) === JSON.stringify([...digests].sort());
}

const BIRTHDAYS: [string, string, string, number, boolean][] = [
  ['turns 18 today', '2008-11-22', '2026-11-22T10:00:00Z', 18, true],
  ['turns 18 tomorrow', '2008-11-23', '2026-11-22T10:00:00Z', 18, false],
  ['turned 18 yesterday', '2008-11-21', '2026-11-22T10:00:00Z', 18, true],
  ['turns 18 on the day that has just begun', '2008-12-01', '2026-12-01T00:00:00Z', 18, true],
  ['turns 18 on a day that has begun, though not in UTC', '2009-07-02', '2027-07-01T23:00:00Z', 18, true],
  ['turns 18 on a day that begins in a minute', '2009-07-02', '2027-07-01T22:59:00Z', 18, false],
  ['is of 29 February, on 28 February of a common year', '2012-02-29', '2027-02-28T23:59:59Z', 15, false],
  ['is of 29 February, on 1 March of a common year', '2012-02-29', '2027-03-01T00:00:00Z', 15, true],
];

const agesOf = async (w: ServiceWorld, copy: Copy) =>
  (await claimsOf(w, copy)).age_equal_or_over as Record<string, boolean>;

for (const [who, birth, now, age, reached] of BIRTHDAYS) {
  test(`for somebody who ${who} a copy says ${reached} to ${age}`, async (t) => {
    const w = await serviceWorld(t);
    w.goTo(now);
    for (const type of ['age', 'identity'] as const) {
      const { copy } = await oneCopy(w, type, { birthDate: day(birth), statuses: [] });
      const ages = await agesOf(w, copy);
      assert.deepEqual([ages['14'], ages[age], ages['20']], [true, reached, false]);
    }
  });
}

test('where the jurisdiction says so, 29 February ages on 28 February', async (t) => {
  const w = await serviceWorld(t, { environment: { LEAP_BIRTHDAY: '02-28' } });
  w.goTo('2027-02-28T00:00:00Z');
  const { copy } = await oneCopy(w, 'age', { birthDate: day('2012-02-29') });
  assert.equal((await agesOf(w, copy))['15'], true);
});

test('a status copy says every status that holds today, and none that is over', async (t) => {
  const w = await serviceWorld(t);
  const statuses = [
    ...ADA.statuses,
    { type: 'veteran', until: day('2026-11-22') },
    { type: 'disability', until: day('2026-11-21') },
  ];
  const { copy } = await oneCopy(w, 'status', { statuses });
  const claims = without(await claimsOf(w, copy), ...CONSTANT);
  assert.deepEqual(claims, { status_student: true, status_veteran: true });
});

test('the day on which a status ends is kept only where it comes before the end of the copy', async (t) => {
  const w = await serviceWorld(t);
  await oneCopy(w, 'status');
  await oneCopy(w, 'status', { statuses: [{ type: 'student', until: day('2026-11-25') }] });
  assert.deepEqual(await w.db('status_entries').orderBy('expires_at').pluck('invalid_from'), [
    null,
    '2026-11-26',
  ]);
});

test('what is issued after midnight has the dates of the new day', async (t) => {
  const w = await serviceWorld(t);
  const { copy: one } = await oneCopy(w);
  w.goTo('2026-11-23T00:00:00Z');
  const { copy: other } = await oneCopy(w);
  assert.equal(payloadOf(other.sdJwt).iat - payloadOf(one.sdJwt).iat, 86_400);
  assert.equal(payloadOf(other.sdJwt).exp - payloadOf(one.sdJwt).exp, 86_400);
});
