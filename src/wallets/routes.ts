import type { Actor } from '../audit/event.ts';
import type { Page, PageAsked } from '../db/page.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Id } from '../kernel/ids.ts';
import * as contract from './endpoints.ts';
import type { Wallet } from './wallet.ts';

export interface WalletVerbs {
  list(asked: PageAsked, person: Id<'person'> | null): Promise<Page<Wallet>>;
  /** Where a person is named, only a wallet of theirs. */
  lock(id: Id<'wallet'>, actor: Actor, person?: Id<'person'>): Promise<Wallet>;
  lockByCode(typed: string): Promise<void>;
}

export function walletRoutes(web: Web, wallets: WalletVerbs): void {
  serve(web, contract.listWallets, async ({ query, caller }) => {
    const person = caller.kind === 'holder' ? caller.person : (query.person_id ?? null);
    return reply(200, listBody(await wallets.list(pageAsked(query), person), shown));
  });

  serve(web, contract.lockWallet, async ({ params, caller }) => {
    const locked =
      caller.kind === 'holder'
        ? await wallets.lock(params.id, 'wallet', caller.person)
        : await wallets.lock(params.id, caller.actor);
    return reply(200, shown(locked));
  });

  serve(web, contract.lockByCode, async ({ body }) => {
    await wallets.lockByCode(body.lock_code);
    return reply(200, { locked: true as const });
  });
}

function shown({ id, person, state, createdAt, lockedAt }: Wallet) {
  return {
    id,
    object: 'wallet' as const,
    person_id: person,
    state,
    created_at: createdAt.toISOString(),
    locked_at: lockedAt?.toISOString() ?? null,
  };
}
