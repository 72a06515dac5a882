/** Who asks for passkeys, as browsers and authenticators know it. */
export interface RelyingParty {
  /** The host of the service's address. A passkey that was made for another works nowhere else. */
  readonly id: string;
  /** The only origin whose pages may use it. */
  readonly origin: string;
  readonly name: string;
}

export function relyingParty(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin, name: 'Counterproof' };
}
