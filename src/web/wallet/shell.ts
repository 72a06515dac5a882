/** What of the wallet is answered from the phone itself. */

export const SHELL_PREFIX = 'counterproof-wallet-';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly navigates: boolean;
}

interface Shell {
  readonly origin: string;
  /** The path of the page. */
  readonly page: string;
  readonly shell: readonly string[];
}

/** The address under which a request's answer lies in the shell; null for whatever goes to the network. */
export function isShell({ method, url, navigates }: Asked, { origin, page, shell }: Shell): string | null {
  const { origin: asked, pathname, search } = new URL(url);
  if (method !== 'GET' || asked !== origin) return null;
  if (navigates) return pathname === page ? page : null;
  return search === '' && shell.includes(pathname) ? pathname : null;
}

/** The shells of builds before this one. */
export function stale(names: readonly string[], current: string): readonly string[] {
  return names.filter((name) => name.startsWith(SHELL_PREFIX) && name !== current);
}
