/** Calls the service from a browser by its contract. What can happen is a value, and typed by the endpoint. */

import { type Heard, type Lost, type Refused, send } from '../../sdk/send.ts';
import type { Address, Answered, Contract, Sent } from './contract-types.ts';

/** How a call ended. After a loss the service may or may not have acted: only what is safe to repeat is repeated. */
export type Outcome<E extends Contract> =
  | ({ readonly kind: 'answered' } & Answered<E> & Heard)
  | Refused
  | Lost;

/** Calls one endpoint: `call<typeof createVerification>('POST /v1/verifications', { token, body })`. */
export type Call = <E extends Contract>(address: Address<E>, sent: Sent<E>) => Promise<Outcome<E>>;

/** Calls the service at an origin; in a page, the page's own. No cookie goes along unless a call says so. */
export function clientOf(origin = ''): Call {
  return async <E extends Contract>(address: Address<E>, sent: Sent<E>) => {
    const [method = '', path = ''] = address.split(' ');
    const { params, query, ...rest } = sent as Parts;
    return (await send({ ...rest, method, url: origin + filled(path, params, query) })) as Outcome<E>;
  };
}

/** The parts of a call with their names forgotten. */
interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

function filled(path: string, params: Parts['params'] = {}, query: Parts['query'] = {}): string {
  const whole = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const asked = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(asked).toString();
  return search === '' ? whole : `${whole}?${search}`;
}
