import type { FaultKind, IssuanceFaultKind } from '../kernel/fault.ts';

/** What to do about each problem. */
export const PROBLEM_ADVICE: Readonly<Record<Exclude<FaultKind, IssuanceFaultKind>, string>> = {
  invalid_request: 'Mend the fields that `errors` names, then send it again.',
  unauthenticated: 'Send `Authorization: Bearer` with a key that has neither expired nor been withdrawn.',
  forbidden: 'Use a key of the right kind, or have the scope added that `detail` names.',
  verification_required:
    'Sign in with the passkey again, then send the request once more within five minutes.',
  claim_not_permitted:
    'Ask only for what the retailer is registered for, or have an officer register the claim.',
  not_found: 'Check the address and the id. What belongs to somebody else is not found either.',
  method_not_allowed: 'Use one of the methods that the `Allow` header names.',
  conflict: 'Read the resource again: its state is not what the request needs.',
  idempotency_in_progress: 'Wait a moment, then send the same request with the same `Idempotency-Key` again.',
  payload_too_large: 'Send less. The limit stands with each operation on the API page.',
  unsupported_media_type: 'Set `Content-Type` to what the operation takes.',
  unknown_policy: 'Use the id of a policy that `GET /v1/policies` lists.',
  invalid_presentation: 'Make a new presentation with a fresh nonce and upload that.',
  idempotency_key_reused:
    'Use a new `Idempotency-Key` for each new question. The same key takes the same body only.',
  quota_exceeded: 'Wait for the next window.',
  rate_limited: 'Wait for as many seconds as `Retry-After` says, then go on more slowly.',
  internal_error:
    'Send it once more with the same `Idempotency-Key`. If it fails again, quote `request_id` to the operator.',
  unavailable:
    'Wait for as many seconds as `Retry-After` says, then send it again. Until then there is no sale.',
};

/** What to do about each error that wallets get. */
export const OAUTH_ADVICE: Readonly<Record<IssuanceFaultKind, string>> = {
  invalid_grant:
    'Check the transaction code. If the offer was used or has ended, ask the officer for a new one.',
  unsupported_grant_type: 'Use `urn:ietf:params:oauth:grant-type:pre-authorized_code`.',
  invalid_token: 'Use the access token of the offer, for 15 minutes. After that it takes a new offer.',
  invalid_credential_request: 'Write the request as OpenID4VCI 1.0 §8.2 has it.',
  unknown_credential_configuration: 'Use an id of the issuer’s metadata that the offer names too.',
  unknown_credential_identifier: 'Name the credential by `credential_configuration_id`.',
  invalid_proof: 'Sign each proof with a P-256 key of its own, for this issuer, over a fresh nonce.',
  invalid_nonce: 'Get a new nonce and sign the proofs again.',
  invalid_encryption_parameters: 'Leave `credential_response_encryption` out.',
  credential_request_denied: 'Do not try again. The officer who made the offer knows more.',
  invalid_notification_id: 'Use the `notification_id` that came with the copies.',
};
