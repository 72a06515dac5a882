import type { Actor } from '../audit/event.ts';
import type { Callers } from '../http/caller.ts';
import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Vocabulary } from '../kernel/claims.ts';
import { type CredentialType, readCredentialType } from '../kernel/credential-type.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import { TOKEN_LIFETIME } from './access-token.ts';
import * as contract from './endpoints.ts';
import type { CredentialRequest, Issued } from './issue-credentials.ts';
import type { MadeOffer, WalletOffer } from './make-offer.ts';
import { authorizationServerMetadata, issuerMetadata, typeMetadata } from './metadata.ts';
import type { NOTIFICATIONS } from './notify.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const CACHED = { 'Cache-Control': 'public, max-age=3600' };
const NOT_KEPT = { 'Cache-Control': 'no-store' };

/** The use cases of issuance, with what they need already given. */
export interface IssuanceVerbs {
  makeOffer(person: Id<'person'>, wanted: readonly CredentialType[] | null, actor: Actor): Promise<MadeOffer>;
  readOffer(reference: string): Promise<object>;
  makeWalletOffer(holder: Callers['holder'], refill: boolean): Promise<WalletOffer>;
  redeem(code: string, txCode: string | null): Promise<string>;
  nonce(): string;
  issue(holder: Callers['holder'], request: CredentialRequest): Promise<Issued>;
  notify(wallet: Id<'wallet'>, id: string, event: (typeof NOTIFICATIONS)[number]): Promise<void>;
}

interface Needs {
  readonly issuance: IssuanceVerbs;
  readonly issuerUrl: string;
  readonly vocabulary: Vocabulary;
}

export function issuanceRoutes(web: Web, { issuance, issuerUrl, vocabulary }: Needs): void {
  serve(web, contract.makeOffer, async ({ params, body, caller }) =>
    reply(201, shown(await issuance.makeOffer(params.id, body.credentials ?? null, caller.actor))),
  );

  serve(web, contract.makeWalletOffer, async ({ body, caller }) => {
    const offer = await issuance.makeWalletOffer(caller, body.for === 'this_wallet');
    return reply(201, shown({ ...offer, txCode: null }));
  });

  serve(web, contract.readOffer, async ({ params }) =>
    reply(200, { ...(await issuance.readOffer(params.reference)) }, NOT_KEPT),
  );

  serve(web, contract.redeemOffer, async ({ body }) => {
    const { code, txCode } = grantOf(body);
    const access_token = await issuance.redeem(code, txCode);
    return reply(200, { access_token, token_type: 'Bearer' as const, expires_in: TOKEN_LIFETIME }, NOT_KEPT);
  });

  serve(web, contract.getNonce, async () => reply(200, { c_nonce: issuance.nonce() }, NOT_KEPT));

  serve(web, contract.issueCredential, async ({ body, caller }) => {
    const { credentials, notificationId } = await issuance.issue(caller, {
      configuration: body.credential_configuration_id,
      identifier: body.credential_identifier,
      proofs: body.proofs?.jwt ?? [],
      encryption: body.credential_response_encryption,
    });
    const copies = credentials.map((credential) => ({ credential }));
    return reply(200, { credentials: copies, notification_id: notificationId }, NOT_KEPT);
  });

  serve(web, contract.notifyIssuer, async ({ body, caller }) => {
    await issuance.notify(caller.wallet, body.notification_id, body.event);
    return reply(204, undefined);
  });

  metadataRoutes(web, { issuerUrl, vocabulary });
}

function metadataRoutes(web: Web, { issuerUrl, vocabulary }: Omit<Needs, 'issuance'>): void {
  serve(web, contract.getIssuerMetadata, async () =>
    reply(200, issuerMetadata(issuerUrl, vocabulary), CACHED),
  );

  serve(web, contract.getAuthorizationServerMetadata, async () =>
    reply(200, authorizationServerMetadata(issuerUrl), CACHED),
  );

  serve(web, contract.getTypeMetadata, async ({ params }) => {
    const type = readCredentialType(params.type);
    if (type === null) throw new Fault('not_found', 'There is no such type of credential.');
    return reply(200, typeMetadata(issuerUrl, type, vocabulary), CACHED);
  });
}

interface TokenBody {
  readonly grant_type?: string | undefined;
  readonly 'pre-authorized_code'?: string | undefined;
  readonly tx_code?: string | undefined;
}

/** The codes of a token request (OpenID4VCI 1.0 §6.1). Whether it takes a transaction code, the offer says. */
function grantOf(body: TokenBody): { code: string; txCode: string | null } {
  if (body.grant_type === undefined) throw new Fault('invalid_request', 'grant_type is missing.');
  if (body.grant_type !== GRANT) throw new Fault('unsupported_grant_type', `Only ${GRANT} is supported.`);
  const code = body['pre-authorized_code'];
  if (code === undefined) throw new Fault('invalid_request', 'pre-authorized_code is missing.');
  return { code, txCode: body.tx_code ?? null };
}

function shown<Code>(offer: WalletOffer & { readonly txCode: Code }) {
  const { id, offerUri, walletUrl, txCode, expiresAt } = offer;
  return {
    id,
    object: 'offer' as const,
    offer_uri: offerUri,
    wallet_url: walletUrl,
    tx_code: txCode,
    expires_at: expiresAt.toISOString(),
  };
}
