import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../src/cli/demo/call.ts';
import { makeHolder } from '../../src/cli/demo/holder.ts';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { ADA, type OfferedPerson, offeredPerson, offerFor, type Shop, shopWith } from '../support/people.ts';
import { METRICS_TOKEN, type RunningService, runService } from '../support/service.ts';

const PERMITTED = ['age_over_18', 'status_student', 'family_name', 'given_name', 'portrait', 'birth_date'];

/** What the whole story used, by what it is. */
interface Used {
  readonly personal: readonly string[];
  readonly secrets: readonly string[];
}

/** Lives the whole story: enrolment, showing, answers of every kind, a search, a suspension and mistakes. */
async function live(running: RunningService): Promise<{ used: Used; person: OfferedPerson; shop: Shop }> {
  const { url, adminKey: token } = running;
  const shop = await shopWith(running, PERMITTED);
  const portrait = SAMPLE_PERSON.portrait;
  const person = await offeredPerson(running, { ...ADA, portrait });
  const holder = makeHolder(url, running.now);
  const wallet = await holder.enrol(person.offerUri, person.txCode, 4);
  const secrets = [token, shop.key, METRICS_TOKEN, ...offerSecrets(person)];
  const ask = (ticket: string, asked: object, key = shop.key) =>
    call(`${url}/v1/verifications`, { method: 'POST', token: key, json: { token: ticket, ask: asked } });
  for (const [type, asked] of [
    ['age', { policies: ['alcohol'] }],
    ['age', { claims: ['status_student'] }],
    ['status', { claims: ['status_student'] }],
    ['identity', { policies: ['parcel_pickup'] }],
    ['identity', { claims: ['birth_date', 'family_name'] }],
  ] as const) {
    const copy = wallet[type]?.[type === 'identity' && 'claims' in asked ? 1 : 0];
    assert.ok(copy);
    const shown = await holder.show(copy, () => true);
    secrets.push(shown.ticket, shown.secret, copy.credential.split('~')[0] ?? '');
    await ask(shown.ticket, asked);
    await ask(shown.ticket, asked, `${shop.key.slice(0, -1)}x`);
    await ask(shown.ticket, { claims: ['nationality'] });
  }
  await call(`${url}/v1/people/search`, { method: 'POST', token, json: { query: 'Adalberta Quillfeather' } });
  await call(`${url}/v1/people`, { method: 'POST', token, json: { ...ADA, birth_date: '1991-04-31' } });
  await call(`${url}/v1/people/${person.id}/suspend`, {
    method: 'POST',
    token,
    json: { reason: 'Quillfeather asked' },
  });
  await call(`${url}/v1/people/${person.id}/reinstate`, {
    method: 'POST',
    token,
    json: { reason: 'found again' },
  });
  const open = await offerFor(running, person.id);
  const lastSecrets = [...secrets, ...offerSecrets({ id: person.id, ...open })];
  return { used: { personal: personal(portrait), secrets: lastSecrets }, person, shop };
}

function offerSecrets({ offerUri, txCode }: OfferedPerson): readonly string[] {
  const link = new URL(offerUri).searchParams.get('credential_offer_uri') ?? '';
  return [link.slice(link.lastIndexOf('/') + 1), ` ${txCode} `, `"${txCode}"`];
}

function personal(portrait: string): readonly string[] {
  const { family_name, given_name, birth_date, document_number, external_id } = ADA;
  const face = portrait.split(',')[1] ?? '';
  const picture = Buffer.from(face, 'base64').toString('latin1').slice(-60);
  return [family_name, given_name, birth_date, document_number, external_id, face.slice(200, 260), picture];
}

function found(needles: readonly string[], hay: string): readonly string[] {
  return needles.filter((needle) => hay.includes(needle));
}

test('no name, birth date, claim, token or key of a whole story is in the log, the metrics or the database', async (t) => {
  const running = await runService(t);
  const { used } = await live(running);
  const metrics = await fetch(`${running.url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  const everything = [...used.personal, ...used.secrets];

  assert.deepEqual(found(everything, running.log()), []);
  assert.deepEqual(found(everything, await metrics.text()), []);
  assert.deepEqual(found(everything, await running.databaseBytes()), []);
  await running.stop();
  assert.deepEqual(found(everything, await running.databaseBytes()), []);
});

test('the search can fail: what is in those places is found there', async (t) => {
  const running = await runService(t);
  const { person, shop } = await live(running);
  assert.deepEqual(found(['createVerification', 'redeemOffer'], running.log()).length, 2);
  assert.deepEqual(found([person.id, shop.retailer, 'Corner Shop'], await running.databaseBytes()).length, 3);
});

test('an erased person leaves no attribute, no wallet and no tie to a status behind, and the log still says it', async (t) => {
  const running = await runService(t);
  const { person } = await live(running);
  const { url, adminKey: token } = running;
  const erased = await fetch(`${url}/v1/people/${person.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(erased.status, 204);
  assert.equal((await call(`${url}/v1/people/${person.id}`, { token })).status, 404);
  const search = { method: 'POST', token, json: { query: ADA.external_id } } as const;
  assert.deepEqual((await call(`${url}/v1/people/search`, search)).body.data, []);
  assert.deepEqual((await call(`${url}/v1/wallets?person_id=${person.id}`, { token })).body.data, []);
  const { body } = await call(`${url}/v1/audit-events?limit=1`, { token });
  const [event] = body.data as readonly { action: string; subject: string }[];
  assert.deepEqual([event?.action, event?.subject], ['person.erased', person.id]);
});

test('two copies of one person have nothing in common beyond what all copies of the type share', async (t) => {
  const running = await runService(t);
  const holder = makeHolder(running.url, running.now);
  const first = await offeredPerson(running);
  const second = await offeredPerson(running, { ...ADA, family_name: 'Other', external_id: 'EXT-1' });
  const one = await holder.enrol(first.offerUri, first.txCode, 2);
  const other = await holder.enrol(second.offerUri, second.txCode, 1);
  for (const type of ['age', 'status', 'identity']) {
    const [a = new Map(), b = new Map()] = (one[type] ?? []).map(({ credential }) => valuesOf(credential));
    const [stranger = new Map()] = (other[type] ?? []).map(({ credential }) => valuesOf(credential));
    assert.deepEqual([...a.keys()], [...stranger.keys()], 'the same shape as a stranger’s');
    for (const [place, value] of a) {
      if (b.get(place) === value)
        assert.equal(stranger.get(place), value, `${place} ties two copies together`);
    }
  }
});

/** Every value of a credential by its place. */
function valuesOf(credential: string): Map<string, unknown> {
  const [header = '', payload = ''] = (credential.split('~')[0] ?? '').split('.');
  const values = new Map<string, unknown>();
  const walk = (place: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) values.set(place, value);
    else for (const [name, inner] of Object.entries(value)) walk(`${place}/${name}`, inner);
  };
  for (const part of [header, payload]) walk('', JSON.parse(Buffer.from(part, 'base64url').toString()));
  return values;
}
