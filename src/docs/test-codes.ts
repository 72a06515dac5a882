import { qrSvg } from '../http/qr.ts';
import { askedByClaims } from '../judgement/policy.ts';
import { TEST_OUTCOMES, type TestOutcome, testToken, testVerdict } from '../judgement/test-token.ts';
import type { NextStep } from '../judgement/verdict.ts';
import { html, type Markup } from './markup.ts';
import { page, type Service } from './page.ts';

/** What each outcome says of the code. */
const WORDS: Readonly<Record<TestOutcome, string>> = {
  approved: 'The code answers what was asked.',
  malformed_token: 'These digits are not a code.',
  unknown_token: 'No such code was given out.',
  expired: 'The code was shown too late.',
  not_yet_valid: 'The code is for a later time.',
  already_used: 'The code was used before.',
  claim_not_presented: 'The code does not show what was asked.',
  claim_not_satisfied: 'The code shows it, and the answer is no.',
  bad_signature: 'A signature of the code does not hold.',
  unknown_issuer: 'The issuer of the code is not known.',
  suspended: 'What the code shows is suspended.',
  revoked: 'What the code shows was withdrawn for good.',
};

const STEPS: Readonly<Record<NextStep, string>> = {
  sell: 'Sell',
  compare_portrait: 'Compare the portrait',
  ask_for_new_code: 'Ask for a new code',
  ask_for_physical_id: 'Ask for a physical document',
  refuse: 'Do not sell',
};

const ASKED = askedByClaims(['age_over_18'], false);

/** Every test token as a code to scan. */
export function testCodesPage(service: Service): string {
  const refused = TEST_OUTCOMES.filter((outcome) => outcome !== 'approved');
  const main = html`<div class="opening">
<h1>Test codes</h1>
<p class="lead">One code for each outcome and each reason. Scan it at your till, or send its digits as
<code>token</code>.</p>
<p class="note">Only test keys, <code>cp_test_…</code>, accept these codes. A live key refuses them as
<code>malformed_token</code>, so nothing here can make a real till sell.</p>
</div>
<section aria-labelledby="approved-codes">
<h2 id="approved-codes">Approved</h2>
<ul class="codes">${card('approved')}</ul>
<p class="aside">Where the policy or the till asks for a portrait, the next step is <code>compare_portrait</code>.</p>
</section>
<section aria-labelledby="refused-codes">
<h2 id="refused-codes">Refused</h2>
<p class="aside">Where the policy takes no other proof, <code>refuse</code> stands in for
<code>ask_for_physical_id</code>.</p>
<ul class="codes">${refused.map(card)}</ul>
</section>`;
  const description = 'A scannable code for each outcome and reason, for test keys.';
  return page({ title: 'Test codes', description, path: '/docs/test-codes', main }, service);
}

function card(outcome: TestOutcome): Markup {
  const digits = testToken(outcome);
  const { nextStep } = testVerdict(outcome, ASKED);
  const code: Markup = { html: qrSvg(digits, { module: 6, title: `Test code for ${outcome}` }) };
  return html`<li class="card" id="${outcome}">
<div class="qr">${code}</div>
<div class="about">
<h3><code>${outcome}</code></h3>
<p>${WORDS[outcome]}</p>
<p class="digits">${grouped(digits)}</p>
<p class="step"><span class="label">Next step</span> ${STEPS[nextStep]} <code>${nextStep}</code></p>
</div>
</li>`;
}

/** In fours, as people read them; a copy of it is taken as it is, spaces and all. */
function grouped(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}
