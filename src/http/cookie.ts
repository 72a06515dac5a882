/**
 * The cookie in which an officer's session lives. Scripts cannot read it, other sites' requests do not carry it, and
 * over HTTPS its prefix binds it to this host alone. Over plain HTTP, on this machine itself, a browser would not take
 * that prefix, nor a secure cookie.
 */
export interface OfficerCookie {
  /** The session's token, or null if there is none, or more than one: then somebody else put one there. */
  read(header: string | undefined): string | null;
  /** The value of `Set-Cookie` that keeps a token until the session ends. */
  set(token: string, now: Date, expiresAt: Date): string;
  /** The value of `Set-Cookie` that takes it away. */
  clear(): string;
}

export function officerCookie(publicUrl: string): OfficerCookie {
  const secure = new URL(publicUrl).protocol === 'https:';
  const name = secure ? '__Host-cp_officer' : 'cp_officer';
  const rules = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    read(header = '') {
      const pairs = header.split(';').map((pair) => pair.trim());
      const values = pairs.filter((pair) => pair.startsWith(`${name}=`));
      return values.length === 1 ? (values[0]?.slice(name.length + 1) ?? null) : null;
    },
    set(token, now, expiresAt) {
      const seconds = Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000));
      return `${name}=${token}; Max-Age=${seconds}; ${rules}`;
    },
    clear: () => `${name}=; Max-Age=0; ${rules}`,
  };
}

interface Came {
  readonly method: string;
  /** `Sec-Fetch-Site`, which browsers send over HTTPS and on this machine. */
  readonly site: string | undefined;
  readonly origin: string | undefined;
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request may act by a cookie: it changes nothing, or the browser says that a page of this very origin sent
 * it. Where neither header says so it may not: every browser sends one of them.
 */
export function mayUseCookie({ method, site, origin }: Came, publicUrl: string): boolean {
  if (SAFE.includes(method)) return true;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined) return origin === new URL(publicUrl).origin;
  return site === 'same-origin';
}
