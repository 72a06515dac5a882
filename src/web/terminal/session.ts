/** The session of a till's browser: what pairing answered, as long as it holds. No key that lasts is ever kept. */

export interface Session {
  readonly token: string;
  readonly terminalId: string;
  readonly terminalName: string;
  readonly retailerName: string;
  /** Whether it takes real codes; else it takes test codes. */
  readonly live: boolean;
  readonly expiresAt: Date;
}

/** The session as it is kept in the browser. */
export function keptSession(session: Session): string {
  return JSON.stringify({ ...session, expiresAt: session.expiresAt.toISOString() });
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
