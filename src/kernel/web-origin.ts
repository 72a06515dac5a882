/** The origin of a web page, as browsers name it: `https://till.shop.example`, with a port where it is not the usual one. */
export type WebOrigin = string & { readonly of: 'web origin' };

/** With scheme, the longest name of a host, and a port. */
export const LONGEST_ORIGIN = 267;

/**
 * A host by name or by an IPv4 address. What else an address may hold stays out: a content policy gives `*`, `;` and
 * `,` a meaning, and knows no IPv6 addresses.
 */
const SHAPE = /^https?:\/\/[a-z\d-]+(\.[a-z\d-]+)*(:\d{1,5})?$/;

/** The only hosts whose pages nobody on the way can change without https. */
const THIS_MACHINE = ['localhost', '127.0.0.1'];

/** The text as an origin, or null unless it is exactly one, of https or of this machine itself. */
export function readWebOrigin(text: string): WebOrigin | null {
  if (text.length > LONGEST_ORIGIN || !SHAPE.test(text) || !URL.canParse(text)) return null;
  const { origin, protocol, hostname } = new URL(text);
  const safe = protocol === 'https:' || THIS_MACHINE.includes(hostname);
  return safe && origin === text ? (text as WebOrigin) : null;
}

/** The origin of an address that somebody wrote or copied, or null if it has none that is one of ours. */
export function originOf(address: string): WebOrigin | null {
  const text = address.trim();
  return URL.canParse(text) ? readWebOrigin(new URL(text).origin) : null;
}
