import type { AuditStore } from '../audit/store.ts';
import { base64url, equalBytes, utf8 } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { Vault } from '../keys/vault.ts';
import type { PeopleStore } from '../people/store.ts';
import type { WalletStore } from '../wallets/store.ts';
import { TOKEN_LIFETIME } from './access-token.ts';
import { MOST_TRIES, type OpenOffer } from './offer.ts';
import type { OfferStore, TokenStore } from './store.ts';

interface Stores {
  readonly people: Pick<PeopleStore, 'hold'>;
  readonly offers: OfferStore;
  readonly tokens: TokenStore;
  readonly wallets: WalletStore;
  readonly audit: AuditStore;
}

interface Needs {
  readonly transact: Transact<Stores>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
}

/**
 * Redeems an offer by its pre-authorized code and transaction code (OpenID4VCI 1.0 §6) and answers an access token: for
 * a wallet that is made now, or for the wallet that asked for a refill. Of several callers at once exactly one
 * succeeds. `invalid_grant`, and never why, for a wrong code, an offer that is used, expired or dead, and a person who
 * is not active. The fifth wrong code kills the offer. `invalid_request` where a transaction code is missing, or was
 * sent though the offer takes none (§6.3).
 */
export async function redeemOffer(needs: Needs, code: string, txCode: string | null): Promise<string> {
  const { world, vault } = needs;
  const now = world.now();
  const token = base64url(world.random(32));

  const redeemed = await needs.transact(async (stores) => {
    const open = await stores.offers.byCode(hash(code), now);
    if (open !== null) checkTxCodeThere(open, txCode);
    const offer = open && (await stores.offers.countTry(hash(code), now));
    if (offer === null) return false;

    if (!isRight(vault, offer, txCode)) {
      if (offer.tries >= MOST_TRIES) await kill(stores, offer);
      return false;
    }
    const person = await stores.people.hold(offer.person);
    if (person?.state !== 'active') {
      await stores.offers.giveBackTry(offer.id);
      return false;
    }

    const wallet = await walletFor(stores, needs, offer);
    if (wallet === null) return false;
    const expiresAt = new Date(now.getTime() + TOKEN_LIFETIME * 1000);
    const { credentials } = offer;
    await stores.offers.end(offer.id, 'redeemed');
    await stores.tokens.add({ person: offer.person, wallet, credentials, expiresAt }, hash(token));
    await stores.audit.record({ action: 'offer.redeemed', actor: 'wallet', subject: offer.id });
    return true;
  });
  if (!redeemed) throw new Fault('invalid_grant', 'The code is wrong, used or expired.');
  return token;
}

function checkTxCodeThere({ txCodeMac }: OpenOffer, txCode: string | null): void {
  if (txCodeMac !== null && txCode === null) throw new Fault('invalid_request', 'tx_code is missing.');
  if (txCodeMac === null && txCode !== null)
    throw new Fault('invalid_request', 'This offer takes no tx_code.');
}

function isRight(vault: Vault, { id, txCodeMac }: OpenOffer, txCode: string | null): boolean {
  if (txCodeMac === null) return true;
  return equalBytes(utf8(vault.mac('transaction code', id, txCode ?? '')), utf8(txCodeMac));
}

async function kill({ offers, audit }: Stores, { id }: OpenOffer): Promise<void> {
  await offers.end(id, 'dead');
  await audit.record({ action: 'offer.killed', actor: 'wallet', subject: id, code: 'too_many_codes' });
}

/** The wallet that asked for a refill, while it is not locked; else one that is made now. */
async function walletFor(
  { wallets }: Stores,
  { mint, world }: Needs,
  { person, asker }: OpenOffer,
): Promise<Id<'wallet'> | null> {
  if (asker?.refill) {
    const wallet = await wallets.hold(asker.wallet);
    return wallet?.state === 'active' ? wallet.id : null;
  }
  const id = mint('wallet');
  await wallets.add({ id, person, state: 'active', createdAt: world.now(), lockedAt: null });
  return id;
}
