import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OAUTH_ADVICE, PROBLEM_ADVICE } from '../../src/docs/advice.ts';
import { apiPage } from '../../src/docs/api-page.ts';
import { landingPage } from '../../src/docs/landing.ts';
import { problemsPage } from '../../src/docs/problems.ts';
import { testCodesPage } from '../../src/docs/test-codes.ts';
import { MEANING } from '../../src/http/problem.ts';
import { TEST_OUTCOMES, testToken } from '../../src/judgement/test-token.ts';

const service = { version: '1.2.3', sandbox: false };
const pages = { landing: landingPage, api: apiPage, testCodes: testCodesPage, problems: problemsPage };

describe('the page of test codes', () => {
  const page = testCodesPage(service);

  for (const outcome of TEST_OUTCOMES) {
    test(`has ${outcome} with its digits in fours and as a code to scan`, () => {
      const card = page.split('<li class="card"').find((part) => part.startsWith(` id="${outcome}"`)) ?? '';
      const digits = /<p class="digits">([\d ]+)<\/p>/.exec(card)?.[1] ?? '';
      assert.equal(digits.replaceAll(' ', ''), testToken(outcome));
      assert.match(digits, /^(\d{4} ){8}\d\d$/);
      assert.match(card, new RegExp(`<svg [^>]*role="img"[^>]*><title>Test code for ${outcome}</title>`));
    });
  }

  test('says what the cashier does next', () => {
    assert.match(page, /id="approved"[\s\S]*?Sell <code>sell<\/code>/);
    assert.match(page, /id="expired"[\s\S]*?Ask for a new code <code>ask_for_new_code<\/code>/);
    assert.match(page, /id="revoked"[\s\S]*?Ask for a physical document <code>ask_for_physical_id<\/code>/);
  });

  test('says that only test keys take them', () => assert.match(page, /Only test keys/));
});

describe('the page of problems', () => {
  const page = problemsPage(service);

  for (const [kind, { status, title }] of Object.entries(MEANING)) {
    test(`has ${kind} with its status, its title and what to do, where its type leads`, () => {
      const entry = page.split('<li ').find((part) => part.startsWith(`id="${kind}"`)) ?? '';
      assert.ok(entry.includes(`<p class="status">${status}</p>`));
      assert.ok(entry.includes(`<p>${title}.</p>`));
      assert.match(entry, /<p class="advice">.{10,}<\/p>/);
    });
  }

  test('tells each code once', () => {
    const advised = [...Object.keys(PROBLEM_ADVICE), ...Object.keys(OAUTH_ADVICE)];
    assert.deepEqual(advised.toSorted(), Object.keys(MEANING).sort());
  });
});

describe('the first page', () => {
  test('leads to everything there is to read', () => {
    for (const path of ['/docs', '/docs/test-codes', '/docs/problems', '/openapi.yaml', '/healthz']) {
      assert.ok(landingPage(service).includes(`href="${path}"`), path);
    }
  });

  test('leads on to the apps that are there, and to no other', () => {
    const landing = landingPage(service, ['/terminal', '/admin']);
    for (const path of ['/terminal', '/admin']) assert.ok(landing.includes(`href="${path}"`), path);
    assert.ok(!landing.includes('href="/wallet"'));
    assert.ok(!landingPage(service).includes('Come in'));
  });

  test('says where it is a sandbox, and only there', () => {
    assert.doesNotMatch(landingPage(service), /Sandbox/);
    assert.match(landingPage({ ...service, sandbox: true }), /Sandbox/);
  });
});

for (const [name, render] of Object.entries(pages)) {
  describe(`the page "${name}"`, () => {
    const page = render(service);

    test('has one first heading, a language, a title and its landmarks', () => {
      assert.equal(page.match(/<h1>/g)?.length, 1);
      for (const part of ['<html lang="en">', '<title>', '<header ', '<nav aria-label=', '<main id="main"']) {
        assert.ok(page.includes(part), part);
      }
    });

    test('has no script and no style of its own', () => {
      assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|<script(?! src="\/)/);
    });

    test('names no other origin', () => {
      assert.doesNotMatch(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', ''), /(href|src)="(?![/#])/);
    });

    test('has each id once', () => {
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length);
    });

    test('says the version, and cannot be broken by it', () => {
      assert.match(page, /1\.2\.3/);
      assert.doesNotMatch(render({ ...service, version: '<b>' }), /<b>/);
    });
  });
}
