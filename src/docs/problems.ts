import { MEANING } from '../http/problem.ts';
import type { FaultKind } from '../kernel/fault.ts';
import { OAUTH_ADVICE, PROBLEM_ADVICE } from './advice.ts';
import { html, type Markup, prose } from './markup.ts';
import { page, type Service } from './page.ts';

/** Every code of a refusal: the `type` of a problem leads here. */
export function problemsPage(service: Service): string {
  const main = html`<div class="opening">
<h1>Problems</h1>
<p class="lead">A request that was not carried out is answered with a problem. Branch on its <code>code</code>: it
stays the same, while <code>title</code> and <code>detail</code> are for people.</p>
<p class="note">A problem is never an approval. A refused shopper is not a problem either: that is <code>201</code>
with an <code>outcome</code>.</p>
</div>
<section aria-labelledby="codes">
<h2 id="codes">Problem codes</h2>
<p class="aside">RFC 9457, <code>application/problem+json</code>.</p>
${entries(PROBLEM_ADVICE)}
</section>
<section aria-labelledby="wallets">
<h2 id="wallets">For wallets</h2>
<p class="aside">The issuing endpoints answer as OAuth 2.0 has it, with the code in <code>error</code>. Some of the codes
above come in that form too.</p>
${entries(OAUTH_ADVICE)}
</section>`;
  const description = 'What each problem code means, and what to do about it.';
  return page({ title: 'Problems', description, path: '/docs/problems', main }, service);
}

function entries(advice: Readonly<Partial<Record<FaultKind, string>>>): Markup {
  const kinds = (Object.keys(advice) as FaultKind[]).sort((a, b) => MEANING[a].status - MEANING[b].status);
  return html`<ul class="problems">${kinds.map((kind) => entry(kind, advice[kind] ?? ''))}</ul>`;
}

function entry(kind: FaultKind, advice: string): Markup {
  const { status, title } = MEANING[kind];
  return html`<li id="${kind}">
<p class="status">${status}</p>
<div>
<h3><a href="#${kind}"><code>${kind}</code></a></h3>
<p>${title}.</p>
<p class="advice">${prose(advice)}</p>
</div>
</li>`;
}
