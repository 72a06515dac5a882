import { testToken } from '../judgement/test-token.ts';
import { html, type Markup } from './markup.ts';
import { page, type Service } from './page.ts';

const APPS = [
  ['/wallet', 'Wallet', 'On a phone: holds the credentials, and shows a code.'],
  ['/terminal', 'Terminal', 'At the till: scans the code, and says yes or no.'],
  ['/admin', 'Console', 'In the office: enters people, shops and their tills.'],
] as const;

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

/** The first page: what this is, and where to go, of the apps that are there. */
export function landingPage(service: Service, apps: readonly string[] = []): string {
  const main = html`<div class="cover">
<div class="opening">
${service.sandbox ? html`<p class="label">Sandbox</p>` : html``}
<h1><span>Old enough, yes or no.</span> <span>Nothing else.</span></h1>
<p class="lead">Counterproof answers a till’s question about age or status, and keeps name and birthday with the
person they belong to.</p>
</div>
${COUNTERFOIL}
</div>
<section aria-labelledby="story">
<h2 id="story">How it goes</h2>
<ol class="story">
<li><h3>Once, in an office</h3><p>An officer looks at somebody’s papers and issues credentials to their phone.</p></li>
<li><h3>In the queue</h3><p>The phone makes a code of one claim. It works once, for a minute at most.</p></li>
<li><h3>At the till</h3><p>The till scans it, asks its one question, and hears yes or no.</p></li>
</ol>
</section>
${entrance(apps)}
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

/** What stays and what goes: two halves of one slip. */
const COUNTERFOIL = html`<figure class="counterfoil">
<div class="stays">
<p class="label">Stays on the phone</p>
<dl>
<div><dt>Name</dt><dd>Ada Lovelace</dd></div>
<div><dt>Born</dt><dd>10 December 1992</dd></div>
<div><dt>Document</dt><dd>DOC-77421</dd></div>
</dl>
</div>
<div class="goes">
<p class="label">Goes to the till</p>
<p class="answer">Over 18</p>
<p>Yes</p>
</div>
</figure>`;

function entrance(apps: readonly string[]): Markup {
  const here = APPS.filter(([path]) => apps.includes(path));
  if (here.length === 0) return html``;
  return html`<section aria-labelledby="apps">
<h2 id="apps">Come in</h2>
<ul class="ledger">${here.map(row)}</ul>
</section>`;
}

function row([path, name, words]: readonly [path: string, name: string, words: string]): Markup {
  return html`<li><a class="row" href="${path}"><span class="name">${name}</span><span class="words">${words}</span><span class="path">${path}</span></a></li>`;
}
