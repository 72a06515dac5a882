import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Fetch, Init } from '../../../../src/web/wallet/call.ts';
import { fill, lockPhone, lookUp } from '../../../../src/web/wallet/enrol.ts';
import { readOfferLink } from '../../../../src/web/wallet/offer.ts';
import { inlineBlinder } from '../../../../src/web/wallet/passes/blinder.ts';
import { stockUp } from '../../../../src/web/wallet/passes/stock-up.ts';
import { redeem } from '../../../../src/web/wallet/redeem.ts';
import { signIn } from '../../../../src/web/wallet/sign-in.ts';
import { readFace } from '../../../../src/web/wallet/vault.ts';
import { ADA, type OfferedPerson, offeredPerson } from '../../../support/people.ts';
import { type RunningService, runService } from '../../../support/service.ts';
import { madeUpPhone } from './made-up-phone.ts';

/** A service with passes of three claims, whose keys are all made. */
export async function passService(
  t: Pick<TestContext, 'after'>,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const running = await runService(t, {
    PASSES: 'on',
    AGES: '18,21',
    STATUSES: 'student',
    PASS_LISTED_DAYS: '1',
    ...settings,
  });
  await makeAllKeys(running);
  return running;
}

/** Makes the keys that are missing, as the service does by and by. */
export async function makeAllKeys({ service }: RunningService): Promise<void> {
  for (let before = ''; before !== (await service.passes.directory()); ) {
    before = await service.passes.directory();
    await service.passes.makeKeys();
  }
}

/** A phone that holds copies and no pass yet, and whose every request is written down. */
export async function passPhone(running: RunningService, offered?: OfferedPerson) {
  const person = offered ?? (await offeredPerson(running, ADA));
  const made = madeUpPhone(running);
  const asked: { url: string; init: Init }[] = [];
  const detour: { fetch: Fetch } = { fetch: made.fetch };
  const fetch: Fetch = (url, init) => {
    asked.push({ url, init });
    return detour.fetch(url, init);
  };
  const phone = { ...made, fetch };
  const link = readOfferLink(person.offerUri) ?? assert.fail('there is no offer');
  const found = await lookUp(phone, link);
  assert.ok(typeof found === 'object', String(found));
  const redeemed = await redeem(phone.fetch, found.issuer, found.offer, person.txCode);
  assert.ok(typeof redeemed === 'object');
  const locked = await lockPhone(phone, found.issuer, redeemed.token);
  assert.ok(typeof locked === 'object');
  assert.equal(await fill(phone, { ...found, token: redeemed.token }, locked.vault), null);
  const face = async () => (await readFace(phone.shelf)) ?? assert.fail('there is no face');
  const blinder = inlineBlinder(phone.world.random);
  const token = redeemed.token;
  return {
    running,
    person,
    phone,
    asked,
    /** What requests go through instead of the network, where a test puts itself in between. */
    detour,
    network: made.fetch,
    vault: locked.vault,
    face,
    token,
    stockUp: (tell?: Parameters<typeof stockUp>[0]['tell']) =>
      stockUp({ phone, blinder, ...(tell && { tell }) }, locked.vault, token),
    stockUpAgain: async () => {
      const signed = await signIn(phone);
      assert.ok(typeof signed === 'object', String(signed));
      return stockUp({ phone, blinder }, locked.vault, signed.session.token);
    },
    /** The requests for passes so far, as they were sent. */
    sent: () => asked.filter(({ url }) => url.endsWith('/v1/passes')).map(({ init }) => String(init.body)),
  };
}

export type PassPhone = Awaited<ReturnType<typeof passPhone>>;
