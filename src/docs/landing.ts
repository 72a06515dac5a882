import { testToken } from '../judgement/test-token.ts';
import { html, type Markup } from './markup.ts';
import { page, type Service } from './page.ts';

const INTEGRATORS = [
  ['/docs', 'API', 'Every operation, to read and to try.'],
  ['/docs/test-codes', 'Test codes', 'A code to scan for each outcome and reason.'],
  ['/docs/problems', 'Problems', 'What each refusal means, and what to do.'],
  ['/openapi.yaml', 'openapi.yaml', 'The same contract for generators and tools.'],
] as const;

const OPERATORS = [
  ['/healthz', 'Health', 'Whether the process is alive.'],
  ['/readyz', 'Readiness', 'Whether it can take requests.'],
  ['/version', 'Version', 'Which version runs.'],
] as const;

const FIRST_QUESTION = `curl "$BASE_URL/v1/verifications" \\
  -H "Authorization: Bearer $TEST_KEY" \\
  -H "Idempotency-Key: till-4-2231" \\
  -H "Content-Type: application/json" \\
  -d '{
    "token": "${testToken('approved')}",
    "ask": { "policies": ["alcohol"] }
  }'`;

/** The first page: what this is, and where to go. */
export function landingPage(service: Service): string {
  const main = html`<div class="opening">
${service.sandbox ? html`<p class="label">Sandbox</p>` : html``}
<h1><span>Old enough, yes or no.</span> <span>Nothing else.</span></h1>
<p class="lead">Counterproof answers a till’s question about age or status, and keeps name and birthday with the
person they belong to.</p>
</div>
<section aria-labelledby="integrators">
<h2 id="integrators">For those who connect a till</h2>
<ul class="ledger">${INTEGRATORS.map(row)}</ul>
</section>
<section aria-labelledby="first">
<h2 id="first">The first question</h2>
<p>Take a test key from the officer who runs this service, and ask with a test code. Sell only on
<code>201</code>, or on <code>200</code> with <code>Idempotency-Replayed: true</code>, and only if
<code>outcome</code> is <code>approved</code>.</p>
<pre tabindex="0" role="region" aria-labelledby="first"><code>${FIRST_QUESTION}</code></pre>
</section>
<section aria-labelledby="operators">
<h2 id="operators">For those who run it</h2>
<ul class="ledger">${OPERATORS.map(row)}</ul>
</section>`;
  const description = 'Proof of age and of status at the till, without showing who somebody is.';
  return page({ title: 'Counterproof', description, path: '/', main }, service);
}

function row([path, name, words]: readonly [path: string, name: string, words: string]): Markup {
  return html`<li><a class="row" href="${path}"><span class="name">${name}</span><span class="words">${words}</span><span class="path">${path}</span></a></li>`;
}
