import type { AuditStore } from '../audit/store.ts';
import { base64url, equalBytes, utf8 } from '../kernel/bytes.ts';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { Vault } from '../keys/vault.ts';
import type { PeopleStore } from '../people/store.ts';
import type { WalletStore } from '../wallets/store.ts';
import { TOKEN_LIFETIME } from './access-token.ts';
import { MOST_TRIES } from './offer.ts';
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
 * Redeems an offer by its pre-authorized code and transaction code (OpenID4VCI 1.0 §6): makes a wallet and answers an
 * access token for it. Of several callers at once exactly one succeeds. `invalid_grant`, and never why, for a wrong
 * code, an offer that is used, expired or dead, and a person who is not active. The fifth wrong code kills the offer.
 */
export async function redeemOffer(needs: Needs, code: string, txCode: string): Promise<string> {
  const { world, mint, vault } = needs;
  const now = world.now();
  const token = base64url(world.random(32));

  const redeemed = await needs.transact(async ({ people, offers, tokens, wallets, audit }) => {
    const offer = await offers.countTry(hash(code), now);
    if (offer === null) return false;

    const right = equalBytes(utf8(vault.mac('transaction code', offer.id, txCode)), utf8(offer.txCodeMac));
    if (!right && offer.tries < MOST_TRIES) return false;
    if (!right) {
      await offers.end(offer.id, 'dead');
      await audit.record({
        action: 'offer.killed',
        actor: 'wallet',
        subject: offer.id,
        code: 'too_many_codes',
      });
      return false;
    }
    const person = await people.hold(offer.person);
    if (person?.state !== 'active') {
      await offers.giveBackTry(offer.id);
      return false;
    }

    const wallet = mint('wallet');
    const expiresAt = new Date(now.getTime() + TOKEN_LIFETIME * 1000);
    const { credentials } = offer;
    await offers.end(offer.id, 'redeemed');
    await wallets.add({ id: wallet, person: offer.person, state: 'active', createdAt: now, lockedAt: null });
    await tokens.add({ person: offer.person, wallet, credentials, expiresAt }, hash(token));
    await audit.record({ action: 'offer.redeemed', actor: 'wallet', subject: offer.id });
    return true;
  });
  if (!redeemed) throw new Fault('invalid_grant', 'The code is wrong, used or expired.');
  return token;
}
