import { html, type Markup } from './markup.ts';

/** What every page says of the service. */
export interface Service {
  readonly version: string;
  /** Whether its people and its shop are made up. */
  readonly sandbox: boolean;
}

interface Page {
  readonly title: string;
  readonly description: string;
  readonly path: string;
  readonly main: Markup;
  /** More for the head: styles and scripts from our own origin. */
  readonly head?: Markup;
}

const PAGES = [
  { path: '/docs', name: 'API' },
  { path: '/docs/test-codes', name: 'Test codes' },
  { path: '/docs/problems', name: 'Problems' },
] as const;

/** A whole document, without a script or a style of its own. */
export function page({ title, description, path, main, head }: Page, service: Service): string {
  const links = PAGES.map((one) =>
    one.path === path
      ? html`<li><a href="${one.path}" aria-current="page">${one.name}</a></li>`
      : html`<li><a href="${one.path}">${one.name}</a></li>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === 'Counterproof' ? title : `${title} · Counterproof`}</title>
<meta name="description" content="${description}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles/base.css">
<link rel="stylesheet" href="/docs/assets/docs.css">
${head ?? html``}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<a class="wordmark" href="/">${MARK}<span>Counterproof</span></a>
<nav aria-label="Documents"><ul>${links}</ul></nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="colophon">
<p>Counterproof <span class="figures">${service.version}</span></p>
<p>${service.sandbox ? 'Sandbox: people and shop are made up.' : 'Apache License 2.0'}</p>
</footer>
</body>
</html>
`.html;
}

/** A counterfoil: the half that stays, the half that goes. */
const MARK = html`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M3 5h18v14H3z"/><path d="M9 5v14" stroke-dasharray="2 2.65"/><path d="M13 9.5h4M13 14.5h4"/></svg>`;
