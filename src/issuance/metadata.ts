import type { Vocabulary } from '../kernel/claims.ts';
import { IDENTITY_CLAIMS } from '../kernel/claims.ts';
import { CREDENTIAL_TYPES, type CredentialType } from '../kernel/credential-type.ts';
import { vctOf } from './credential-content.ts';

/** The most copies that one request is answered with. `batch_size` of the metadata is the largest. */
export const BATCH: Readonly<Record<CredentialType, number>> = { age: 30, status: 30, identity: 5 };
export const BATCH_SIZE = Math.max(...Object.values(BATCH));

const TITLES: Readonly<Record<CredentialType, { name: string; description: string }>> = {
  age: { name: 'Age', description: 'Shows that an age is reached, and no birthday' },
  status: { name: 'Status', description: 'Shows a status, such as student, and no name' },
  identity: { name: 'Identity', description: 'Name, portrait and document, each shown by itself' },
};

interface ClaimText {
  readonly path: readonly string[];
  readonly label: string;
}

function claimsOf(type: CredentialType, { ages, statuses }: Vocabulary): readonly ClaimText[] {
  const ageTexts = ages.map((age) => ({ path: ['age_equal_or_over', String(age)], label: `Over ${age}` }));
  if (type === 'age') return ageTexts;
  if (type === 'status')
    return statuses.map((status) => ({ path: [`status_${status}`], label: words(status) }));
  return [...IDENTITY_CLAIMS.map((claim) => ({ path: [claim], label: words(claim) })), ...ageTexts];
}

function words(name: string): string {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The credential issuer's metadata (OpenID4VCI 1.0 §12.2). */
export function issuerMetadata(issuerUrl: string, vocabulary: Vocabulary) {
  return {
    credential_issuer: issuerUrl,
    authorization_servers: [issuerUrl],
    credential_endpoint: `${issuerUrl}/oid4vci/credential`,
    nonce_endpoint: `${issuerUrl}/oid4vci/nonce`,
    notification_endpoint: `${issuerUrl}/oid4vci/notification`,
    batch_credential_issuance: { batch_size: BATCH_SIZE },
    display: [{ name: 'Counterproof', locale: 'en' }],
    credential_configurations_supported: Object.fromEntries(
      CREDENTIAL_TYPES.map((type) => [type, configuration(issuerUrl, type, vocabulary)] as const),
    ),
  };
}

function configuration(issuerUrl: string, type: CredentialType, vocabulary: Vocabulary) {
  return {
    format: 'dc+sd-jwt',
    vct: vctOf(issuerUrl, type),
    scope: type,
    cryptographic_binding_methods_supported: ['jwk'],
    credential_signing_alg_values_supported: ['ES256'],
    proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
    credential_metadata: {
      display: [{ ...TITLES[type], locale: 'en' }],
      claims: claimsOf(type, vocabulary).map(({ path, label }) => ({
        path: [...path],
        display: [{ name: label, locale: 'en' }],
      })),
    },
  };
}

/** The authorization server's metadata (RFC 8414, OpenID4VCI 1.0 §12.3). */
export function authorizationServerMetadata(issuerUrl: string) {
  return {
    issuer: issuerUrl,
    token_endpoint: `${issuerUrl}/oid4vci/token`,
    response_types_supported: [],
    grant_types_supported: ['urn:ietf:params:oauth:grant-type:pre-authorized_code'],
    token_endpoint_auth_methods_supported: ['none'],
    'pre-authorized_grant_anonymous_access_supported': true,
  };
}

/** A type's metadata (draft-ietf-oauth-sd-jwt-vc §4). */
export function typeMetadata(issuerUrl: string, type: CredentialType, vocabulary: Vocabulary) {
  const { name, description } = TITLES[type];
  return {
    vct: vctOf(issuerUrl, type),
    name,
    description,
    display: [{ locale: 'en', name, description }],
    claims: claimsOf(type, vocabulary).map(({ path, label }) => ({
      path: [...path],
      display: [{ locale: 'en', label }],
      sd: 'always',
    })),
  };
}
