/**
 * Why a caller's request is refused. The kind is the stable `code` that clients branch on; what it means in HTTP
 * stands in `http/problem.ts` and nowhere else.
 */
export type FaultKind =
  | 'invalid_request'
  | 'unauthenticated'
  | 'forbidden'
  | 'verification_required'
  | 'claim_not_permitted'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'idempotency_in_progress'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'unknown_policy'
  | 'invalid_presentation'
  | 'idempotency_key_reused'
  | 'quota_exceeded'
  | 'rate_limited'
  | 'internal_error'
  | 'unavailable'
  | IssuanceFaultKind;

/** Error codes of OAuth 2.0 (RFC 6749 §5.2, RFC 6750 §3.1) and of OpenID4VCI 1.0 §8.3.1 and §11.3. */
export type IssuanceFaultKind =
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_token'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'invalid_encryption_parameters'
  | 'credential_request_denied'
  | 'invalid_notification_id';

/** One field that is wrong: where (RFC 6901), which rule, and a sentence. Never the value itself. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

interface More {
  readonly errors?: readonly FieldError[];
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  /** Methods that the resource knows, for `method_not_allowed`. */
  readonly allow?: readonly string[];
  /** What is left of the caller's allowance, as HTTP headers, for `rate_limited`. */
  readonly allowance?: Readonly<Record<string, string>>;
}

/**
 * A refusal to act. The detail is read by the caller's developer: it names fields and rules, never a value, a
 * person, a token or a secret.
 */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly more: More;

  constructor(kind: FaultKind, detail: string, more: More = {}) {
    super(detail);
    this.name = 'Fault';
    this.kind = kind;
    this.more = more;
  }
}

/** The refusal of a request in which a single field is wrong. */
export function wrongField(pointer: string, code: string, detail: string): Fault {
  return new Fault('invalid_request', 'A field of the request is wrong.', {
    errors: [{ pointer, code, detail }],
  });
}
