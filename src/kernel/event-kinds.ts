/** What audit events can be about. `audit/event.ts` holds the list to the actions that there are. */
export const EVENT_KINDS = [
  'person',
  'offer',
  'credential',
  'wallet',
  'passkey',
  'officer',
  'retailer',
  'store',
  'terminal',
  'terminal_key',
  'pairing_code',
  'policy',
  'admin_key',
  'issuer_key',
  'key_rotation',
  'pass_key',
  'pass_directory',
  'passes',
  'offline',
  'verification',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];
