import { Fault, type FaultKind } from '../kernel/fault.ts';

interface Meaning {
  readonly status: number;
  readonly title: string;
}

/** What each fault means in HTTP. No status code for a refusal stands anywhere else. */
export const MEANING = {
  invalid_request: { status: 400, title: 'The request cannot be understood' },
  unauthenticated: { status: 401, title: 'No valid key or token was given' },
  forbidden: { status: 403, title: 'This caller may not do that' },
  verification_required: { status: 403, title: 'The user has to be verified again' },
  claim_not_permitted: { status: 403, title: 'The retailer is not registered for a claim' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The resource does not take this method' },
  conflict: { status: 409, title: 'The present state does not allow it' },
  idempotency_in_progress: { status: 409, title: 'The same request is being answered' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body is of the wrong type' },
  unknown_policy: { status: 422, title: 'There is no such policy' },
  invalid_presentation: { status: 422, title: 'The presentation does not hold' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key belongs to another request' },
  quota_exceeded: { status: 422, title: 'The quota is used up' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something broke on our side' },
  unavailable: { status: 503, title: 'The service cannot answer at present' },
  invalid_grant: { status: 400, title: 'The code is wrong, used or expired' },
  unsupported_grant_type: { status: 400, title: 'The grant type is not supported' },
  invalid_token: { status: 401, title: 'The access token is wrong or expired' },
  invalid_credential_request: { status: 400, title: 'The credential request is malformed' },
  unknown_credential_configuration: { status: 400, title: 'There is no such credential' },
  unknown_credential_identifier: { status: 400, title: 'There is no such credential' },
  invalid_proof: { status: 400, title: 'A key proof does not hold' },
  invalid_nonce: { status: 400, title: 'The nonce is wrong, used or expired' },
  invalid_encryption_parameters: { status: 400, title: 'Encrypted responses are not offered' },
  credential_request_denied: { status: 400, title: 'This credential is not issued' },
  invalid_notification_id: { status: 400, title: 'There is no such notification' },
} as const satisfies Record<FaultKind, Meaning>;

/** A refusal, ready to be sent. */
export interface Refusal {
  readonly status: number;
  readonly media: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** The refusal as RFC 9457 has it, with a stable `code`. */
export function problem(fault: Fault, requestId: string): Refusal {
  const { status, title } = MEANING[fault.kind];
  return {
    status,
    media: 'application/problem+json',
    headers: headersOf(fault),
    body: {
      type: `/docs/problems#${fault.kind}`,
      title,
      status,
      detail: fault.message,
      code: fault.kind,
      request_id: requestId,
      ...(fault.more.errors && { errors: fault.more.errors }),
    },
  };
}

/** The refusal as OAuth 2.0 has it (RFC 6749 §5.2), for wallets. */
export function oauthError(fault: Fault): Refusal {
  const kind = fault.kind === 'unauthenticated' ? 'invalid_token' : fault.kind;
  const challenge = kind === 'invalid_token' ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' } : {};
  return {
    status: MEANING[kind].status,
    media: 'application/json',
    headers: { ...headersOf(fault), 'Cache-Control': 'no-store', ...challenge },
    body: { error: kind, error_description: fault.message },
  };
}

/**
 * Whatever was thrown, as a fault. What is not a fault is a bug, or trouble of the body reader that express names
 * by `type`; a bug tells the caller nothing.
 */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const type = typeof thrown === 'object' && thrown !== null && 'type' in thrown ? thrown.type : undefined;
  if (typeof type === 'string' && isBodyTrouble(type)) return bodyTrouble(type);
  if (thrown instanceof URIError) return new Fault('invalid_request', 'The address is not well-formed.');
  return new Fault('internal_error', 'The request was not carried out. The request id finds it in the log.');
}

/** The refusal while something behind the service is away. What was asked may be tried again. */
export function unavailable(): Fault {
  return new Fault('unavailable', 'The database does not answer at present. Try again in a moment.', {
    retryAfter: 2,
  });
}

const BODY_TROUBLE = {
  'entity.too.large': ['payload_too_large', 'The body is larger than this endpoint takes.'],
  'entity.parse.failed': ['invalid_request', 'The body is not well-formed JSON.'],
  'parameters.too.many': ['invalid_request', 'The body has too many parameters.'],
  'request.size.invalid': ['invalid_request', 'The body is not as long as Content-Length says.'],
  'request.aborted': ['invalid_request', 'The request ended early.'],
  'encoding.unsupported': ['unsupported_media_type', 'The Content-Encoding is not supported.'],
  'charset.unsupported': ['unsupported_media_type', 'The charset is not supported.'],
} as const satisfies Record<string, readonly [FaultKind, string]>;

function isBodyTrouble(type: string): type is keyof typeof BODY_TROUBLE {
  return Object.hasOwn(BODY_TROUBLE, type);
}

function bodyTrouble(type: keyof typeof BODY_TROUBLE): Fault {
  const [kind, detail] = BODY_TROUBLE[type];
  return new Fault(kind, detail);
}

function headersOf(fault: Fault): Record<string, string> {
  const { retryAfter, allow, allowance } = fault.more;
  return {
    ...allowance,
    ...(retryAfter !== undefined && { 'Retry-After': String(Math.max(1, Math.ceil(retryAfter))) }),
    ...(allow && { Allow: allow.map((method) => method.toUpperCase()).join(', ') }),
    ...(fault.kind === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer' }),
  };
}
