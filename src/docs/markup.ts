/** HTML that may stand in a page as it is. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Markup[];

/** Text as HTML, also inside quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A template of HTML: what is filled in is text, unless it is markup itself. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const filled = parts.map((part, i) => `${htmlOf(part)}${fixed[i + 1] ?? ''}`);
  return { html: `${fixed[0] ?? ''}${filled.join('')}` };
}

/** A sentence whose `names in backticks` are code. */
export function prose(sentence: string): Markup {
  const parts = sentence
    .split('`')
    .map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
  return html`${parts}`;
}

function htmlOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map(({ html }) => html).join('');
}
