import { createHash } from 'node:crypto';
import { base64url } from '../kernel/bytes.ts';

/** SHA-256 as base64url: how tokens and keys of full strength are kept, so that a stolen table opens nothing. */
export function hash(secret: string): string {
  return base64url(createHash('sha256').update(secret).digest());
}
