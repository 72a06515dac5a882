/** The session of a till's browser: what pairing answered, as long as it is used. The terminal's key is never in a browser. */

import type { OfferedPolicy } from './basket.ts';

export interface Session {
  readonly token: string;
  readonly terminalId: string;
  readonly terminalName: string;
  readonly retailerName: string;
  /** Whether it takes real codes; else it takes test codes. */
  readonly live: boolean;
  readonly expiresAt: Date;
}

/** What pairing answers. */
interface Paired {
  readonly token: string;
  readonly terminal_id: string;
  readonly terminal_name: string;
  readonly retailer_name: string;
  readonly live: boolean;
  readonly expires_at: string;
}

export function sessionOf({
  token,
  terminal_id,
  terminal_name,
  retailer_name,
  live,
  expires_at,
}: Paired): Session {
  return {
    token,
    terminalId: terminal_id,
    terminalName: terminal_name,
    retailerName: retailer_name,
    live,
    expiresAt: new Date(expires_at),
  };
}

/** The session as it is kept in the browser, with the policies that it can ask while the service is away. */
export function keptSession(session: Session, policies: readonly OfferedPolicy[]): string {
  const rules = policies.map(({ id, title, claims, presenter }) => ({ id, title, claims, presenter }));
  return JSON.stringify({ ...session, expiresAt: session.expiresAt.toISOString(), policies: rules });
}

/** The policies beside a kept session; none if there are none to be read. What is asked is judged by others all the same. */
export function readPolicies(text: string | null): readonly OfferedPolicy[] {
  try {
    const { policies } = JSON.parse(text ?? 'null') ?? {};
    return Array.isArray(policies) ? policies.filter(isPolicy) : [];
  } catch {
    return [];
  }
}

function isPolicy({ id, title, claims, presenter }: Partial<OfferedPolicy>): boolean {
  const texts = [id, title, presenter].every((one) => typeof one === 'string');
  return texts && Array.isArray(claims) && claims.every((one) => typeof one === 'string');
}

/** A kept session, or null if it has ended or is none. */
export function readSession(text: string | null, now: Date): Session | null {
  try {
    const { expiresAt, live, retailerName, terminalId, terminalName, token } =
      JSON.parse(text ?? 'null') ?? {};
    const end = new Date(expiresAt);
    const texts = [retailerName, terminalId, terminalName, token].every((one) => typeof one === 'string');
    if (!texts || typeof live !== 'boolean' || !(end > now)) return null;
    return { token, terminalId, terminalName, retailerName, live, expiresAt: end };
  } catch {
    return null;
  }
}
