import assert from 'node:assert/strict';
import { test } from 'node:test';
import QRCode from 'qrcode';
import { checkDigitsHold } from '../../src/formats/digits.ts';
import { bindKey } from '../../src/formats/sd-jwt/key-binding.ts';
import { bound, deviceKeys, disclosing, keyProof, unnamed } from '../support/holder-keys.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  copies,
  DAY,
  here,
  MINUTE,
  OFFICER,
  oneCopy,
  present,
  question,
  request,
  SECOND,
  type ServiceWorld,
  serviceWorld,
  till,
  URL_OF_SERVICE,
} from '../support/world.ts';

const invalid = (code: string) => refusal('invalid_presentation', '/presentation', code);
const accept = (w: ServiceWorld, text: string) => w.service.presentations.accept(text);

async function withCopy(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  return { w, ...(await oneCopy(w)) };
}

test('a good presentation gives a ticket of 34 digits for less than a minute, and a secret', async (t) => {
  const { w, copy } = await withCopy(t);
  const { id, ticket, expiresAt, secret } = await present(w, copy);
  assert.match(ticket, /^1\d{33}$/);
  assert.ok(checkDigitsHold(ticket));
  assert.match(secret, /^[\w-]{43}$/);
  const lifetime = expiresAt.getTime() - w.world.now().getTime();
  assert.ok(lifetime > 50 * SECOND && lifetime <= MINUTE);
  assert.equal((await w.service.presentations.whatBecame(id, secret)).state, 'waiting');
});

test('a ticket is a QR code of version 1 at error correction M', async (t) => {
  const { w, copy } = await withCopy(t);
  const { ticket } = await present(w, copy);
  const segments = [{ data: ticket, mode: 'numeric' as const }];
  assert.equal(QRCode.create(segments, { errorCorrectionLevel: 'M' }).version, 1);
});

test('showing a copy again gives another ticket', async (t) => {
  const { w, copy } = await withCopy(t);
  const [one, other] = [await present(w, copy), await present(w, copy)];
  assert.notEqual(one.ticket, other.ticket);
  assert.notEqual(one.secret, other.secret);
});

test('copies of a key that was retired are still good', async (t) => {
  const { w, copy } = await withCopy(t);
  await w.service.rotateKeys(OFFICER);
  await w.service.ring.refresh();
  await assert.doesNotReject(present(w, copy));
});

test('a nonce is good once, whether for proofs or for presentations', async (t) => {
  const { w, copy, holder } = await withCopy(t);
  const purpose = here(w);
  const text = await bound(disclosing(copy, 'age_equal_or_over/18'), copy.key, purpose);
  await accept(w, text);
  await assert.rejects(accept(w, text), invalid('used_nonce'));
  const other = here(w);
  const [key] = await deviceKeys(1);
  await w.service.issuance.issue(holder, request('age', [await keyProof(key!, other)]));
  const late = await bound(disclosing(copy, 'age_equal_or_over/18'), copy.key, other);
  await assert.rejects(accept(w, late), invalid('used_nonce'));
});

test('of one presentation uploaded many times at once exactly one gets a ticket', async (t) => {
  const { w, copy } = await withCopy(t);
  const text = await bound(disclosing(copy, 'age_equal_or_over/18'), copy.key, here(w));
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(w, text)));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const result of results) if (result.status === 'rejected') invalid('used_nonce')(result.reason);
});

test('a nonce is good for five minutes', async (t) => {
  const { w, copy } = await withCopy(t);
  const [early, late] = [here(w), here(w)];
  const shown = disclosing(copy, 'age_equal_or_over/18');
  w.pass(5 * MINUTE - 1);
  await assert.doesNotReject(accept(w, await bound(shown, copy.key, { ...early, now: w.world.now() })));
  w.pass(1);
  const text = await bound(shown, copy.key, { ...late, now: w.world.now() });
  await assert.rejects(accept(w, text), invalid('wrong_nonce'));
});

test('a copy is good for its fourteen days and the minute by which clocks may differ', async (t) => {
  const { w, copy } = await withCopy(t);
  w.goTo('2026-12-06T00:00:59Z');
  await assert.doesNotReject(present(w, copy));
  w.pass(SECOND);
  await assert.rejects(present(w, copy), invalid('expired'));
});

test('a copy whose key was destroyed is of no issuer any more', async (t) => {
  const world = await withCopy(t);
  const { w, copy } = world;
  await w.service.rotateKeys(OFFICER);
  w.pass(16 * DAY);
  await w.service.destroyOverKeys();
  await w.service.ring.refresh();
  await assert.rejects(present(w, copy), invalid('unknown_key'));
});

test('a copy may be shown a few times a second, and no other copy pays for it', async (t) => {
  const w = await serviceWorld(t, { environment: { COPY_RATE: '1' } });
  const { copy, holder } = await oneCopy(w);
  const [other] = (await copies(w, holder, 'age')).copies;
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'] });
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => present(w, copy)));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 2);
  for (const { reason } of refused) refusal('rate_limited')(reason);
  await assert.doesNotReject(present(w, other!));
});

test('a key binding that hides a nonce in other words is refused', async (t) => {
  const { w, copy } = await withCopy(t);
  const shown = disclosing(copy, 'age_equal_or_over/18');
  const at = { audience: URL_OF_SERVICE, issuedAt: w.world.now() };
  for (const nonce of ['', 'null', '.', here(w).nonce.slice(1), `${here(w).nonce}.x`]) {
    const text = await bindKey(shown, unnamed(copy.key), { ...at, nonce });
    await assert.rejects(accept(w, text), invalid('wrong_nonce'), nonce);
  }
  const { ticket } = await present(w, copy);
  const { verification } = await w.service.verifications.verify(question(await till(w), ticket));
  assert.equal(verification.outcome, 'approved');
});
