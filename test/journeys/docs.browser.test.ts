import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { parse } from 'yaml';
import { docsRoutes } from '../../src/docs/routes.ts';
import { launch, withoutBrowser } from '../support/browser.ts';
import { root } from '../support/checkout.ts';

const openapiFile = join(root, 'openapi.yaml');
const paths = ['/', '/docs', '/docs/test-codes', '/docs/problems'];
const views = [
  { name: 'in the light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'in the dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'on a phone in the dark', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const;

describe('the documents in a browser', { skip: withoutBrowser }, () => {
  const server = createServer();
  let browser: Browser;
  let origin: string;

  before(async () => {
    const app = express();
    docsRoutes(app, {
      publicDir: join(root, 'public'),
      swaggerDir: dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json'))),
      openapiFile,
      version: '1.2.3',
      sandbox: true,
    });
    server.on('request', app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  });

  for (const { name, ...view } of views) {
    for (const path of paths) {
      test(`${path} is quiet, whole and within its width ${name}`, async () => {
        const { page, trouble } = await open(path, view);
        assert.deepEqual(trouble, []);
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
        for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const) {
          assert.equal(await page.getByRole(role).count(), 1, role);
        }
        assert.equal(
          await page.locator('svg:not([aria-hidden]):not(:has(title)):not(#swagger svg)').count(),
          0,
        );
        assert.ok(
          await page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
          'It is too wide.',
        );
        await page.context().close();
      });
    }
  }

  test('the API page lists every operation, and opens one', async () => {
    const { page, trouble } = await open('/docs', views[0]);
    const { paths: documented } = parse(readFileSync(openapiFile, 'utf8'));
    const operations = Object.values(documented).flatMap((methods) => Object.keys(methods as object));
    assert.equal(await page.locator('.opblock').count(), operations.length);
    await page.locator('#operations-Verifications-createVerification .opblock-summary-control').click();
    await page.locator('.opblock-description').getByText('Sell only on 201').waitFor();
    assert.deepEqual(trouble, []);
    await page.context().close();
  });

  test('the keyboard finds its way, and its place is seen', async () => {
    const { page } = await open('/docs/problems', views[0]);
    await page.keyboard.press('Tab');
    assert.equal(await focused(page, 'el.textContent'), 'Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page, 'el.textContent'), 'invalid_request');
    assert.equal(await focused(page, 'getComputedStyle(el).outlineWidth'), '3px');
    assert.equal(await focused(page, 'getComputedStyle(el).outlineStyle'), 'solid');
    await page.context().close();
  });

  test('a test code is black on white in the dark too', async () => {
    const { page } = await open('/docs/test-codes', views[1]);
    const ground = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
    assert.equal(await ground('#approved .qr'), 'rgb(255, 255, 255)');
    assert.equal(await ground('html'), 'rgb(20, 23, 26)');
    await page.context().close();
  });

  test('a page may load nothing from elsewhere, and no page holds a script of its own', async () => {
    for (const path of paths) {
      const answer = await fetch(origin + path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; /);
      assert.doesNotMatch(policy, /unsafe|https?:|\*/);
      assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(answer.headers.get('cache-control'), 'no-cache');
    }
  });

  for (const [path, type] of [
    ['/openapi.yaml', 'application/yaml; charset=utf-8'],
    ['/styles/base.css', 'text/css; charset=utf-8'],
    ['/docs/assets/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ] as const) {
    test(`${path} is ${type}`, async () => {
      const answer = await fetch(origin + path);
      await answer.arrayBuffer();
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), type);
      assert.match(answer.headers.get('cache-control') ?? '', /^public, max-age=/);
    });
  }

  /** A page when all of it is there, and whatever went wrong on the way. */
  async function open(path: string, view: Omit<(typeof views)[number], 'name'>) {
    const { colorScheme, viewport } = view;
    const context = await browser.newContext({ colorScheme, viewport });
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', (said) => trouble.push(`${said.type()}: ${said.text()}`));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('requestfailed', (request) => trouble.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (asked !== origin && protocol !== 'data:') trouble.push(`left the origin: ${request.url()}`);
    });
    await page.goto(origin + path, { waitUntil: 'networkidle' });
    if (path === '/docs') await page.locator('.opblock').first().waitFor();
    return { page, trouble };
  }
});

function focused(page: Page, what: string): Promise<unknown> {
  return page.evaluate(`((el) => ${what})(document.activeElement)`);
}
