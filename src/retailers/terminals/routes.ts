import type { Actor } from '../../audit/event.ts';
import type { Page, PageAsked } from '../../db/page.ts';
import type { Callers } from '../../http/caller.ts';
import { reply } from '../../http/endpoint.ts';
import { listBody, pageAsked } from '../../http/fields.ts';
import { serve, type Web } from '../../http/serve.ts';
import type { Id } from '../../kernel/ids.ts';
import type { AddedTerminal, TerminalAsked } from './add-terminal.ts';
import type { TerminalSession } from './begin-session.ts';
import type { CurrentTerminal } from './current-terminal.ts';
import * as contract from './endpoints.ts';
import type { RenewedCode } from './renew-pairing-code.ts';
import type { RotatedKey } from './rotate-key.ts';
import type { Terminal } from './terminal.ts';

/** The use cases of terminals, with what they need already given. */
export interface TerminalVerbs {
  add(retailer: Id<'retailer'>, asked: TerminalAsked, actor: Actor): Promise<AddedTerminal>;
  list(retailer: Id<'retailer'>, asked: PageAsked): Promise<Page<Terminal>>;
  rotateKey(id: Id<'terminal'>, actor: Actor): Promise<RotatedKey>;
  renewPairingCode(id: Id<'terminal'>, actor: Actor): Promise<RenewedCode>;
  block(id: Id<'terminal'>, actor: Actor): Promise<void>;
  pair(typed: string): Promise<TerminalSession>;
  embed(terminal: Callers['terminal']): Promise<TerminalSession>;
  current(terminal: Callers['terminal']): Promise<CurrentTerminal>;
  endSession(terminal: Callers['terminal']): Promise<void>;
}

export function terminalRoutes(web: Web, terminals: TerminalVerbs): void {
  serve(web, contract.addTerminal, async ({ params, body, caller }) => {
    const asked = { name: body.name, store: body.store_id ?? null, live: body.live };
    return reply(201, shownAdded(await terminals.add(params.id, asked, caller.actor)));
  });

  serve(web, contract.listTerminals, async ({ params, query }) =>
    reply(200, listBody(await terminals.list(params.id, pageAsked(query)), shown)),
  );

  serve(web, contract.rotateTerminalKey, async ({ params, caller }) =>
    reply(201, shownKey(await terminals.rotateKey(params.id, caller.actor))),
  );

  serve(web, contract.renewPairingCode, async ({ params, caller }) =>
    reply(201, shownCode(await terminals.renewPairingCode(params.id, caller.actor))),
  );

  serve(web, contract.blockTerminal, async ({ params, caller }) => {
    await terminals.block(params.id, caller.actor);
    return reply(204, undefined);
  });

  serve(web, contract.getTerminalSession, async ({ caller }) =>
    reply(200, shownCurrent(await terminals.current(caller))),
  );

  serve(web, contract.endTerminalSession, async ({ caller }) => {
    await terminals.endSession(caller);
    return reply(204, undefined);
  });

  serve(web, contract.pairTerminal, async ({ body }) =>
    reply(201, shownSession(await terminals.pair(body.pairing_code))),
  );

  serve(web, contract.embedTerminal, async ({ caller }) =>
    reply(201, shownSession(await terminals.embed(caller))),
  );
}

function shown(terminal: Terminal) {
  return {
    id: terminal.id,
    object: 'terminal' as const,
    retailer_id: terminal.retailer,
    store_id: terminal.store,
    name: terminal.name,
    live: terminal.live,
    state: terminal.state,
    blocked_at: terminal.state === 'blocked' ? terminal.blockedAt.toISOString() : null,
    created_at: terminal.createdAt.toISOString(),
  };
}

function shownAdded({ terminal, key, pairingCode, pairingCodeExpiresAt }: AddedTerminal) {
  return {
    ...shown(terminal),
    key,
    pairing_code: pairingCode,
    pairing_code_expires_at: pairingCodeExpiresAt.toISOString(),
  };
}

function shownKey({ terminal, key, olderKeysExpireAt }: RotatedKey) {
  return {
    object: 'terminal_key' as const,
    terminal_id: terminal,
    key,
    older_keys_expire_at: olderKeysExpireAt.toISOString(),
  };
}

function shownCode({ terminal, pairingCode, expiresAt }: RenewedCode) {
  return {
    object: 'pairing_code' as const,
    terminal_id: terminal,
    pairing_code: pairingCode,
    expires_at: expiresAt.toISOString(),
  };
}

function shownSession({ terminal, retailerName, token, expiresAt }: TerminalSession) {
  return {
    object: 'terminal_session' as const,
    terminal_id: terminal.id,
    retailer_name: retailerName,
    terminal_name: terminal.name,
    live: terminal.live,
    token,
    expires_at: expiresAt.toISOString(),
  };
}

function shownCurrent({ terminal, retailer, store, paired, expiresAt, checkedAt }: CurrentTerminal) {
  return {
    object: 'terminal_session' as const,
    terminal: { id: terminal.id, name: terminal.name, live: terminal.live },
    retailer: { id: retailer.id, name: retailer.name },
    store: store && { id: store.id, name: store.name },
    paired,
    expires_at: expiresAt?.toISOString() ?? null,
    checked_at: checkedAt.toISOString(),
  };
}
