import { html } from './markup.ts';
import { page, type Service } from './page.ts';

/** The API, read from `openapi.yaml` by Swagger UI. */
export function apiPage(service: Service): string {
  const main = html`<h1>API</h1>
<p class="lead">Every operation of this service. The same as a file: <a href="/openapi.yaml">openapi.yaml</a>.</p>
<div id="swagger"><noscript><p>This page needs JavaScript. The file above says the same without it.</p></noscript></div>`;
  const head = html`<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="stylesheet" href="/docs/assets/swagger.css">
<script src="/docs/assets/swagger-ui-bundle.js" defer></script>
<script src="/docs/assets/swagger.js" defer></script>
`;
  const description = 'Every operation of Counterproof, to read and to try.';
  return page({ title: 'API', description, path: '/docs', main, head }, service);
}
