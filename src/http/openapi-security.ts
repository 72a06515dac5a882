import type { CallerKind, CallerRule } from './caller.ts';
import type { Endpoint } from './endpoint.ts';

/** What callers prove themselves with, as OpenAPI has it. */
export const SCHEMES = {
  adminKey: bearer('An admin key, `cp_admin_…`, with the scopes that the operation names.'),
  terminalKey: bearer(
    'The key of a terminal, `cp_live_…` or `cp_test_…`, or the session of a paired browser.',
  ),
  accessToken: bearer('The access token that a wallet got for its offer. It lives for 15 minutes.'),
  holderSession: bearer('The session of a holder who signed in with a passkey, `cp_holder_…`.'),
  officerSession: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-cp_officer',
    description:
      'The session of an officer who signed in with a passkey. Pages of the service alone can use it.',
  } as const,
  operatorToken: bearer('The operator’s own token, METRICS_TOKEN.'),
  presentationSecret: bearer('The `secret` that came with the ticket, for that presentation only.'),
};

type Scheme = keyof typeof SCHEMES;

/** What each kind of caller can prove itself with, by what the endpoint asks of that kind. */
const SCHEMES_OF: {
  readonly [Kind in Exclude<CallerKind, 'public' | 'wallet'>]: (
    rule: NonNullable<CallerRule[Kind]>,
  ) => Partial<Record<Scheme, string[]>>[];
} = {
  terminal: () => [{ terminalKey: [] }],
  officer: (rule) =>
    rule === 'own' ? [{ officerSession: [] }] : [{ adminKey: [rule] }, { officerSession: [rule] }],
  holder: (rule) => [
    ...(rule.startsWith('offer') ? [{ accessToken: [] }] : []),
    ...(rule === 'offer' ? [] : [{ holderSession: [] }]),
  ],
  operator: () => [{ operatorToken: [] }],
};

/** Whether an endpoint may be called with a key, a token or a session. */
export function isKeyed({ caller }: Endpoint): boolean {
  return Object.keys(caller).some((kind) => kind in SCHEMES_OF);
}

/** Any one of these lets a caller in. A wallet's endpoint that reads Authorization takes what the upload gave. */
export function securityOf({ caller, headers }: Endpoint): Partial<Record<Scheme, string[]>>[] {
  if (caller.wallet) return headers?.shape.authorization ? [{ presentationSecret: [] }] : [];
  const { terminal, officer, holder } = SCHEMES_OF;
  const ways = [
    ...(caller.terminal ? terminal(true) : []),
    ...(caller.officer ? officer(caller.officer) : []),
    ...(caller.holder ? holder(caller.holder) : []),
    ...(caller.operator ? SCHEMES_OF.operator(true) : []),
  ];
  return caller.public && ways.length > 0 ? [{}, ...ways] : ways;
}

function bearer(description: string) {
  return { type: 'http', scheme: 'bearer', description } as const;
}
