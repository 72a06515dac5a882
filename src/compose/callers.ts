import { identifyHolder } from '../issuance/identify-holder.ts';
import { equalBytes, utf8 } from '../kernel/bytes.ts';
import { inSets } from '../kernel/sets.ts';
import { hash } from '../keys/hash.ts';
import { identifyOfficer } from '../officers/identify-officer.ts';
import { identifyHolderSession, identifyOfficerSession } from '../passkeys/sessions/identify-session.ts';
import { identifyTerminal } from '../retailers/terminals/identify-terminal.ts';
import type { KeyHolder } from '../retailers/terminals/store.ts';
import type { Ground } from './ground.ts';

const MINUTE = 60_000;

export function bindCallers({ stores, world, config, sets }: Ground) {
  const { byKeys, used } = stores.terminals;
  const byKey = inSets<string, KeyHolder | null>(async (hashes) => {
    const holders = await byKeys(hashes);
    return hashes.map((hash) => holders.get(hash) ?? null);
  }, sets);
  const idle = config.officerIdleMinutes * MINUTE;
  const signedIn = { ...stores, now: world.now };
  return {
    terminal: (token: string) => identifyTerminal({ byKey, used }, world.now(), token),
    officer: (token: string) => identifyOfficer(stores.adminKeys, world.now(), token),
    cookie: (token: string) => identifyOfficerSession({ ...signedIn, idle }, token),
    holder: async (token: string) =>
      (await identifyHolderSession(signedIn, token)) ?? identifyHolder(stores.tokens, world.now(), token),
    operator: async (token: string) => {
      const expected = config.metricsToken?.reveal();
      const right = expected !== undefined && equalBytes(utf8(hash(token)), utf8(hash(expected)));
      return right ? ({ kind: 'operator' } as const) : null;
    },
  };
}
