/** Which statuses this service attests, as its own metadata tells everybody. */

import { isJsonObject, type JsonObject } from '../../formats/json.ts';
import type { getIssuerMetadata } from '../../issuance/endpoints.ts';
import { DEFAULT_STATUSES, partsOf } from '../../kernel/claims.ts';
import type { Call } from '../api/client.ts';

/** The types of statuses that an officer can enter; those of a service that nobody changed if it does not say. */
export async function knownStatuses(call: Call): Promise<readonly string[]> {
  const told = await call<typeof getIssuerMetadata>('GET /.well-known/openid-credential-issuer', {});
  return told.kind === 'answered' ? statusesIn(told.body) : DEFAULT_STATUSES;
}

/** The statuses among the claims of issuer metadata (OpenID4VCI 1.0 §12.2.4). */
export function statusesIn(metadata: unknown): readonly string[] {
  const within = ['credential_configurations_supported', 'status', 'credential_metadata'];
  const described = within.reduce((object, name) => objectIn(object[name]), objectIn(metadata));
  const claims = Array.isArray(described.claims) ? described.claims : [];
  return claims.flatMap((claim) => {
    const { path } = objectIn(claim);
    const parts = Array.isArray(path) ? partsOf(String(path[0])) : null;
    return parts?.kind === 'status' ? [parts.type] : [];
  });
}

function objectIn(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
