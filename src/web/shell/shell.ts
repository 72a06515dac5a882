/** What of an app is answered from the device itself. */

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly navigates: boolean;
  /** Whether the page is to stand in a frame of another. */
  readonly framed: boolean;
}

interface Shell {
  readonly origin: string;
  /** The path of the page. */
  readonly page: string;
  readonly shell: readonly string[];
}

/**
 * The address under which a request's answer lies in the shell; null for whatever goes to the network. So does a page in
 * a frame: who may hold it there is the service's to say, each time.
 */
export function isShell(
  { method, url, navigates, framed }: Asked,
  { origin, page, shell }: Shell,
): string | null {
  const { origin: asked, pathname, search } = new URL(url);
  if (method !== 'GET' || asked !== origin) return null;
  if (navigates) return pathname === page && !framed ? page : null;
  return search === '' && shell.includes(pathname) ? pathname : null;
}

/** What the names of a page's shells begin with. */
export function prefixOf(page: string): string {
  return `counterproof-${page.slice(1)}-`;
}

/** The shells of a page's builds before this one. */
export function stale(names: readonly string[], current: string, page: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefixOf(page)) && name !== current);
}
