import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { type Holder, makeHolder } from '../../src/cli/demo/holder.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import { getJwks } from '../../src/keys/endpoints.ts';
import * as officers from '../../src/passkeys/officers/endpoints.ts';
import { createPerson, getPerson, listPeople } from '../../src/people/endpoints.ts';
import { getRetailer, listRetailers } from '../../src/retailers/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { Authenticator } from '../support/authenticator.ts';
import { clientOf } from '../support/client.ts';
import { ON_POSTGRES_ONLY } from '../support/database.ts';
import { cookieOf } from '../support/passkeys.ts';
import { type Home, openHome, type Sandbox, type Started, sandboxOf } from '../support/program.ts';

const READY = /Stop: Ctrl-C/;
const PERSON = ['id', 'name', 'birth_date', 'offer_uri', 'wallet_url', 'tx_code'];
const SANDBOX = [
  'admin_key',
  'admin_setup_url',
  'base_url',
  'people',
  'retailer_id',
  'terminal_id',
  'terminal_key',
  'test_terminal_key',
  'web_till_url',
];
const SCRIPTS = ['Latin', 'Cyrillic', 'Arabic', 'Han', 'Greek'];

const undo: (() => unknown)[] = [];
let home: Home;

before(async () => {
  home = await openHome({ after: (last?: unknown) => void undo.push(last as () => unknown) });
});
after(async () => {
  for (const last of undo) await last();
});

describe('a sandbox that runs', () => {
  let sandbox: Sandbox;
  let running: Started;
  let said: string;

  before(async () => {
    running = home.start(['start', '--sandbox']);
    said = await running.says(READY);
    sandbox = sandboxOf(home);
  });
  after(() => running.interrupt());

  test('says where everything is, and nothing that is secret', () => {
    for (const path of ['/docs', '/docs/test-codes']) assert.ok(said.includes(`${home.url}${path}`));
    assert.ok(said.includes('sandbox.json') && said.includes('/wallet#offer=openid-credential-offer'));
    for (const key of ['admin_key', 'terminal_key', 'test_terminal_key'] as const) {
      assert.ok(!said.includes(sandbox[key]), key);
    }
  });

  test('writes what programs need, for its owner alone', () => {
    assert.equal(statSync(home.path('sandbox.json')).mode & 0o777, 0o600);
    assert.equal(statSync(home.path('master.key')).mode & 0o777, 0o600);
    assert.deepEqual(Object.keys(sandbox).sort(), SANDBOX);
    assert.equal(sandbox.base_url, home.url);
    for (const person of sandbox.people) {
      for (const name of PERSON) assert.equal(typeof Reflect.get(person, name), 'string', name);
      assert.match(person.wallet_url, new RegExp(`^${home.url}/wallet#offer=openid-credential-offer`));
      assert.match(person.tx_code, /^\d{6}$/);
    }
  });

  test('has a dozen people, of many birthdays, statuses and scripts', async () => {
    const { people } = sandbox;
    assert.equal(people.length, 12);
    const births = people.map(({ birth_date }) => birth_date);
    for (const day of [0, 1]) assert.ok(births.includes(turning18(day)), `18 in ${day} days`);
    assert.ok(births.some((date) => date.endsWith('-02-29')));
    assert.ok(births.some((date) => ageIn(date) >= 30 && ageIn(date) < 60));
    assert.ok(births.some((date) => ageIn(date) < 17));
    const scripts = SCRIPTS.filter((one) =>
      people.some(({ name }) => new RegExp(`^[\\p{Script=${one}} ]+$`, 'u').test(name)),
    );
    assert.ok(scripts.length >= 4, String(scripts));
    assert.ok((await statusesOf(sandbox)).includes('student'));
    assert.ok((await statusesOf(sandbox)).includes('pensioner'));
  });

  test("has keys that work: an officer's, a live till's and a test till's", async () => {
    const client = clientOf(home.url);
    const params = { id: sandbox.retailer_id };
    await client.ask(getRetailer, 200, { token: sandbox.admin_key, params });
    const json = { token: testToken('approved'), ask: { policies: ['alcohol'] } };
    const test = await client.ask(createVerification, 201, { token: sandbox.test_terminal_key, json });
    assert.deepEqual([test.body.livemode, test.body.outcome], [false, 'approved']);
    const live = await client.ask(createVerification, 201, { token: sandbox.terminal_key, json });
    assert.deepEqual([live.body.livemode, live.body.reason], [true, 'malformed_token']);
  });

  test('has a link that makes whoever opens it the owner, once', async () => {
    assert.ok(said.includes(sandbox.admin_setup_url));
    const [place, setup_token] = sandbox.admin_setup_url.split('#setup=');
    assert.equal(place, `${home.url}/admin`);
    const client = clientOf(home.url);
    const json = { setup_token };
    const begun = (await client.ask(officers.beginOfficerRegistration, 201, { json })).body;
    const credential = new Authenticator(home.url).register(begun.options);
    const registered = { json: { challenge_id: begun.challenge_id, credential } };
    const { body, headers } = await client.ask(officers.registerOfficerPasskey, 201, registered);
    assert.equal(body.officer.role, 'owner');
    await client.ask(listPeople, 200, { headers: { cookie: cookieOf(headers) } });
    await client.ask(officers.beginOfficerRegistration, 400, { json });
  });

  test('gives a person credentials that its shop accepts', async () => {
    const verdict = await bought(await enrolled(sandbox, 'Ada Winter'), sandbox);
    assert.deepEqual([verdict.outcome, verdict.claims], ['approved', { age_over_18: true }]);
  });

  test('lets a key be made beside it where several may share the database', ON_POSTGRES_ONLY, async () => {
    await mayReadPeople(await keyToReadPeople());
  });

  test('makes no key for a scope that there is not', async () => {
    const said = await home.run(['admin-key', 'create', '--scope', 'people:burn', '--sandbox']);
    assert.deepEqual([said.code, said.out], [1, '']);
    assert.match(said.err, /^There is no such scope\. There are: people:read, /);
  });
});

describe('a sandbox that was stopped', () => {
  before(() => visited(() => null));

  test('ended well, with nothing to complain of', async () => {
    const running = home.start(['start', '--sandbox']);
    await running.says(READY);
    const { code, signal, out, err } = await running.interrupt();
    assert.deepEqual({ code, signal, err }, { code: 0, signal: null, err: '' });
    assert.match(out, /\nStopping\.\n$/);
  });

  test('has the same people and keys when it is started again', async () => {
    const first = await visited(() => sandboxOf(home));
    const second = await visited(() => sandboxOf(home));
    const lasting = ({ people, admin_setup_url: _once, web_till_url: _free, ...keys }: Sandbox) => [
      keys,
      people.map(({ id, name }) => [id, name]),
    ];
    assert.deepEqual(lasting(second), lasting(first));
  });

  test('has a key made for it that may do what it was made for, and nothing else', async () => {
    const token = await keyToReadPeople();
    await visited(() => mayReadPeople(token));
  });

  test('is not opened as production', async () => {
    refuses(await home.run(['start']), /^This database is a sandbox\./);
  });

  test('is not opened with another master key', async () => {
    const key = '5'.repeat(64);
    const said = await home.run(['start', '--sandbox'], { MASTER_KEY_FILE: home.write('other.key', key) });
    refuses(said, /master key/i);
    assert.ok(!said.err.includes(key));
  });

  test('takes what it signed before its keys were rotated', async () => {
    const copy = await visited((sandbox) => enrolled(sandbox, 'Ada Winter'));
    const { kid } = JSON.parse(Buffer.from(copy.copy.credential.split('.')[0] ?? '', 'base64url').toString());
    const rotated = await home.run(['keys', 'rotate', '--sandbox']);
    assert.equal(rotated.code, 0, rotated.err);
    assert.match(rotated.out, new RegExp(`^${kid} +issuer +retired$`, 'm'));
    await visited(async (sandbox) => {
      const { body } = await clientOf(home.url).ask(getJwks, 200);
      assert.ok(body.keys.some((key) => key.kid === kid));
      assert.equal((await bought(copy, sandbox)).outcome, 'approved');
    });
  });
});

async function keyToReadPeople(): Promise<string> {
  const made = await home.run(['admin-key', 'create', '--scope', 'people:read', '--sandbox']);
  assert.deepEqual([made.code, made.err], [0, '']);
  assert.match(made.out, /^cp_admin_[0-9A-Za-z]{46}\n$/);
  return made.out.trim();
}

async function mayReadPeople(token: string): Promise<void> {
  const client = clientOf(home.url);
  await client.ask(listPeople, 200, { token });
  await client.ask(listRetailers, 403, { token });
  await client.ask(createPerson, 403, { token, json: createPerson.body.example });
}

/** Starts the sandbox, does something there, and stops it. */
async function visited<Result>(visit: (sandbox: Sandbox) => Result | Promise<Result>): Promise<Result> {
  const running = home.start(['start', '--sandbox']);
  await running.says(READY);
  const result = await visit(sandboxOf(home));
  assert.equal((await running.interrupt()).code, 0);
  return result;
}

async function enrolled(sandbox: Sandbox, name: string) {
  const person = sandbox.people.find((one) => one.name === name);
  assert.ok(person);
  const holder: Holder = makeHolder(home.url, () => new Date());
  const [copy] = (await holder.enrol(person.offer_uri, person.tx_code, 1)).age ?? [];
  assert.ok(copy);
  return { holder, copy };
}

async function bought({ holder, copy }: Awaited<ReturnType<typeof enrolled>>, { terminal_key }: Sandbox) {
  const { ticket } = await holder.show(copy, (path) => path.at(-1) === '18');
  const asked = { token: terminal_key, json: { token: ticket, ask: { policies: ['alcohol'] } } };
  return (await clientOf(home.url).ask(createVerification, 201, asked)).body;
}

async function statusesOf({ people, admin_key }: Sandbox): Promise<readonly string[]> {
  const client = clientOf(home.url);
  const all = await Promise.all(
    people.map(({ id }) => client.ask(getPerson, 200, { token: admin_key, params: { id } })),
  );
  return all.flatMap(({ body }) => body.statuses.map(({ type }) => type));
}

/** The birth date of somebody who turns 18 in so many days, where the sandbox is: in Great Britain. */
function turning18(days: number): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
  const day = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  return `${Number(day.slice(0, 4)) - 18}${day.slice(4).replace('-02-29', '-02-28')}`;
}

function ageIn(birth: string): number {
  return (Date.now() - Date.parse(birth)) / (365.25 * 86_400_000);
}

function refuses({ code, out, err }: { code: number | null; out: string; err: string }, words: RegExp): void {
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, words);
  assert.doesNotMatch(err, /^\s+at |node:internal|Error:/m);
}
