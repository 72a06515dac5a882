/** The issuer as its metadata describes it (OpenID4VCI 1.0 §12, RFC 8414). No address of it is ever assumed. */

import { isJsonObject, type JsonObject, member } from '../../formats/json.ts';
import { call, type Fetch } from './call.ts';

export interface Issuer {
  /** The credential issuer's identifier: the audience of proofs and presentations. */
  readonly id: string;
  readonly tokenEndpoint: string;
  readonly nonceEndpoint: string;
  readonly credentialEndpoint: string;
  readonly notificationEndpoint: string | null;
  /** The most proofs that one request may hold. */
  readonly batchSize: number;
  /** `vct` by configuration id, of the configurations that this wallet can keep. */
  readonly types: ReadonlyMap<string, string>;
}

export type IssuerTrouble = 'unreachable' | 'not_an_issuer';

/** Finds out how an issuer is reached. Its identifier must be the one in its own metadata. */
export async function findIssuer(fetch: Fetch, id: string): Promise<Issuer | IssuerTrouble> {
  const found = await call(fetch, wellKnown(id, 'openid-credential-issuer'));
  if (found === null || found.status >= 500) return 'unreachable';
  const { body } = found;
  if (found.status !== 200 || member(body, 'credential_issuer') !== id) return 'not_an_issuer';
  const servers = member(body, 'authorization_servers');
  const first = Array.isArray(servers) ? servers[0] : id;
  const server = typeof first === 'string' ? first : id;
  const described = await call(fetch, wellKnown(server, 'oauth-authorization-server'));
  if (described === null) return 'unreachable';
  if (described.status !== 200 || member(described.body, 'issuer') !== server) return 'not_an_issuer';
  return issuerOf(id, body, described.body) ?? 'not_an_issuer';
}

function issuerOf(id: string, metadata: JsonObject, server: JsonObject): Issuer | null {
  const tokenEndpoint = member(server, 'token_endpoint');
  const nonceEndpoint = member(metadata, 'nonce_endpoint');
  const credentialEndpoint = member(metadata, 'credential_endpoint');
  const notificationEndpoint = member(metadata, 'notification_endpoint');
  const configurations = member(metadata, 'credential_configurations_supported');
  if (typeof tokenEndpoint !== 'string' || typeof nonceEndpoint !== 'string') return null;
  if (typeof credentialEndpoint !== 'string' || !isJsonObject(configurations)) return null;
  return {
    id,
    tokenEndpoint,
    nonceEndpoint,
    credentialEndpoint,
    notificationEndpoint: typeof notificationEndpoint === 'string' ? notificationEndpoint : null,
    batchSize: batchSizeOf(metadata),
    types: new Map(Object.entries(configurations).flatMap(([name, one]) => keepable(name, one))),
  };
}

function keepable(name: string, configuration: unknown): readonly [string, string][] {
  if (!isJsonObject(configuration) || member(configuration, 'format') !== 'dc+sd-jwt') return [];
  const vct = member(configuration, 'vct');
  return typeof vct === 'string' ? [[name, vct]] : [];
}

function batchSizeOf(metadata: JsonObject): number {
  const batch = member(metadata, 'batch_credential_issuance');
  const size = isJsonObject(batch) ? member(batch, 'batch_size') : undefined;
  return typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : 1;
}

/** The well-known part goes between host and path, and a slash at the end goes (RFC 8414 §3.1). */
function wellKnown(id: string, name: string): string {
  const { origin, pathname } = new URL(id);
  return `${origin}/.well-known/${name}${pathname.replace(/\/$/, '')}`;
}
