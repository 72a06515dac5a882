import { createHash } from 'node:crypto';

/** SHA-256 as base64url: how tokens and keys of full strength are kept, so that a stolen table opens nothing. */
export function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
