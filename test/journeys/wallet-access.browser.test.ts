import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { axe, launch, withoutBrowser } from '../support/browser.ts';
import { ADA, offeredPerson } from '../support/people.ts';
import { makePhone, type PhoneKind } from '../support/phone.ts';
import { type RunningService, runService } from '../support/service.ts';

const KINDS: readonly { readonly name: string; readonly kind: PhoneKind }[] = [
  { name: 'on a phone in the light, in English', kind: {} },
  { name: 'on a phone in the dark, in Arabic', kind: { colorScheme: 'dark', locale: 'ar-EG' } },
  {
    name: 'on a tablet in the dark, in English',
    kind: { colorScheme: 'dark', viewport: { width: 820, height: 1180 } },
  },
  {
    name: 'on a desk in the light, in Arabic',
    kind: { locale: 'ar-EG', viewport: { width: 1280, height: 800 } },
  },
];

describe('the wallet, for everybody', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let running: RunningService;

  before(async () => {
    running = await runService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  for (const { name, kind } of KINDS) {
    test(`has nothing that axe finds serious, on any screen, ${name}`, async () => {
      const phone = await makePhone(browser, running.url, kind);
      const person = await offeredPerson(running, { ...ADA, portrait: SAMPLE_PERSON.portrait });
      const { page } = phone;
      const found: string[] = [];
      const look = async (screen: string) => {
        found.push(...(await troubles(page, screen)));
        await phone.picture(`wallet-${name.replaceAll(/\W+/g, '-')}-${screen}`);
      };
      await page.goto(`${running.url}/wallet`);
      await page.locator('.paste').waitFor();
      await look('empty');
      await page.goto('about:blank');
      await page.goto(`${running.url}/wallet#offer=${encodeURIComponent(person.offerUri)}`);
      await page.locator('.code-field').fill(person.txCode);
      await look('offer');
      await page.keyboard.press('Enter');
      await page.locator('.foot .icon-lock').waitFor();
      await look('make-lock');
      await page.locator('.foot .button-main').click();
      await page.locator('.lock-code').waitFor();
      await look('lock-code');
      await page.locator('.foot .button-main').click();
      await page.locator('.choice').first().waitFor();
      await look('home');
      await page.locator('.choice').first().click();
      await page.locator('.code').waitFor();
      await look('show');
      await page.locator('.back').click();
      for (const [at, screen, ready] of [
        ['.ways .way >> nth=0', 'history', '.unlocking'],
        ['.ways .way >> nth=1', 'help', '.foot .button'],
        ['.head .way', 'settings', '.language-switch'],
      ] as const) {
        await page.locator(at).click();
        await page.locator(ready).first().waitFor();
        await look(screen);
        if (screen === 'help') {
          await page.locator('.foot .button').click();
          await page.locator('.code-field').waitFor();
          await look('lost');
          await page.locator('.back').click();
        }
        await page.locator('.back').click();
        await page.locator('.ways').waitFor();
      }
      assert.deepEqual(found, []);
      assert.deepEqual(phone.trouble, []);
      await phone.close();
    });
  }

  test('fits its width with the text at twice its size', async () => {
    const phone = await makePhone(browser, running.url, { viewport: { width: 390, height: 844 } });
    const person = await offeredPerson(running, ADA);
    const { page } = phone;
    await page.addInitScript(
      "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })",
    );
    for (const address of ['/wallet', `/wallet#offer=${encodeURIComponent(person.offerUri)}`]) {
      await page.goto('about:blank');
      await page.goto(running.url + address);
      await page.locator('.field').waitFor();
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), address);
    }
    await phone.close();
  });

  test('says nothing a till says: no word like valid, no tick, nothing green', async () => {
    const phone = await makePhone(browser, running.url);
    await openEmpty(phone.page, running.url);
    const colours: string[] = await phone.page.evaluate(
      "[...document.querySelectorAll('*')].flatMap((el) => { const s = getComputedStyle(el); return [s.color, s.backgroundColor]; })",
    );
    assert.ok(!colours.includes('rgb(0, 163, 90)'));
    assert.equal(await phone.page.locator('.icon-check').count(), 0);
    await phone.close();
  });
});

async function openEmpty(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/wallet`);
  await page.locator('.paste').waitFor();
}

/** What axe finds serious or worse, and targets that are smaller than a thumb. */
async function troubles(page: Page, screen: string): Promise<readonly string[]> {
  await page.evaluate(axe);
  const options = JSON.stringify({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  const { violations }: AxeResults = await page.evaluate(`axe.run(document, ${options})`);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const small: string[] = await page.evaluate(
    "[...document.querySelectorAll('button, summary, select, input')].filter((el) => el.checkVisibility()).filter((el) => { const { width, height } = el.getBoundingClientRect(); return width < 48 || height < 48; }).map((el) => el.className || el.tagName)",
  );
  const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  return [
    ...serious.map(({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`),
    ...small.map((what) => `${screen}: ${what} is smaller than a thumb`),
    ...(wide ? [`${screen}: is too wide`] : []),
  ];
}
