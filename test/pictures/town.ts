/** A service with made-up people, a shop, and something on every list, for a walk through the screens. */

import type { TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import { said, textOf, type Value } from '../../src/web/language/words.ts';
import { ADA, type OfferedPerson, offeredPerson, type Shop, shopWith } from '../support/people.ts';
import type { RunningService } from '../support/service.ts';
import { tillShop } from '../support/till.ts';
import { wordsOf } from '../web/support/languages.ts';
import { passService } from '../web/wallet/support/pass-phone.ts';

export interface Town {
  readonly tag: string;
  readonly browser: Browser;
  readonly running: RunningService;
  readonly shop: Shop;
  /** Somebody with an offer that nobody has taken up. */
  person(given_name: string): Promise<OfferedPerson>;
  /** What a message says in the language of this walk. */
  words(key: string, values?: Readonly<Record<string, Value>>): string;
}

export async function openTown(t: Pick<TestContext, 'after'>, browser: Browser, tag: string): Promise<Town> {
  const vocabulary = { AGES: '12,15,16,18,21,65', STATUSES: 'large_family,pensioner,student' };
  const running = await passService(t, { STATISTICS_MINIMUM: '1', ...vocabulary });
  await tillShop(running);
  const shop = await shopWith(running, ['age_over_18', 'status_student', 'given_name', 'portrait']);
  const messages = wordsOf(tag);
  const town: Town = {
    tag,
    browser,
    running,
    shop,
    person: (given_name) =>
      offeredPerson(running, { ...ADA, given_name, family_name: 'Lovelace', external_id: null }),
    words: (key, values = {}) => textOf({ ...said('back'), key, values }, messages, tag),
  };
  await ask(town);
  return town;
}

/** Fills the counts and the reports. */
async function ask({ running: { url, adminKey }, shop }: Town): Promise<void> {
  for (const claims of [['age_over_18'], ['age_over_18'], ['status_student']])
    await call(`${url}/v1/verifications`, {
      method: 'POST',
      token: shop.key,
      json: { token: '12', ask: { claims } },
    });
  await call(`${url}/v1/reports`, {
    method: 'POST',
    json: {
      retailer_id: shop.retailer,
      asked: ['birth_date', 'portrait'],
      words: 'They wanted my birthday.',
    },
  });
  await call(`${url}/v1/officers/invitations`, {
    method: 'POST',
    token: adminKey,
    json: { name: 'Ivo Inkwell', role: 'issuer' },
  });
}
