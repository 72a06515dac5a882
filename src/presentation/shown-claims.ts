import { isJsonObject, type JsonObject, member } from '../formats/json.ts';
import type { ShownClaims } from '../judgement/shown.ts';
import { IDENTITY_CLAIMS } from '../kernel/claims.ts';
import type { CredentialType } from '../kernel/credential-type.ts';

const STATUS_PREFIX = 'status_';

/** The claims of a verified presentation as judgement takes them; whatever else it may hold is left behind. */
export function readShownClaims(credential: CredentialType, claims: JsonObject): ShownClaims {
  const ages = member(claims, 'age_equal_or_over');
  const statuses = Object.entries(claims)
    .filter(([name]) => name.startsWith(STATUS_PREFIX))
    .map(([name, value]) => [name.slice(STATUS_PREFIX.length), value] as const);
  return {
    credential,
    ages: isJsonObject(ages) ? flags(Object.entries(ages)) : {},
    statuses: flags(statuses),
    identity: Object.fromEntries(
      IDENTITY_CLAIMS.flatMap((name) => {
        const value = member(claims, name);
        return typeof value === 'string' ? [[name, value] as const] : [];
      }),
    ),
  };
}

function flags(entries: readonly (readonly [string, unknown])[]): Record<string, boolean> {
  return Object.fromEntries(
    entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  );
}
