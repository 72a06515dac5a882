/** Writes a Content-Security-Policy: nothing loads but what is allowed, and nobody frames the page. */
export function contentPolicy(allowed: Readonly<Record<string, string>>): string {
  const rules = { 'default-src': "'none'", ...allowed, 'base-uri': "'none'", 'form-action': "'none'" };
  const written = Object.entries(rules).map(([directive, sources]) => `${directive} ${sources}`);
  return [...written, "frame-ancestors 'none'"].join('; ');
}
