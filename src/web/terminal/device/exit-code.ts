import { hex } from '../../../kernel/bytes.ts';

/** What OWASP asks of PBKDF2 with SHA-256. The waits between tries are what keeps four digits. */
const ROUNDS = 600_000;

export function newSalt(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/** What is kept of an exit code. Rejects in a browser without a secure connection, which has no such thing. */
export async function hashOf(code: string, salt: string): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', bytes.encode(code), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes.encode(salt), iterations: ROUNDS };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)));
}
