import type { WebOrigin } from '../kernel/web-origin.ts';

/** Writes a Content-Security-Policy: nothing loads but what is allowed, and nobody frames the page unless it is said. */
export function contentPolicy(
  allowed: Readonly<Record<string, string>>,
  framedBy: readonly WebOrigin[] = [],
): string {
  const rules = { 'default-src': "'none'", ...allowed, 'base-uri': "'none'", 'form-action': "'none'" };
  const written = Object.entries(rules).map(([directive, sources]) => `${directive} ${sources}`);
  const ancestors = framedBy.length === 0 ? "'none'" : framedBy.join(' ');
  return [...written, `frame-ancestors ${ancestors}`].join('; ');
}
