import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { readId } from '../../kernel/ids.ts';
import type { SandboxKeys, SandboxPerson } from './fill.ts';

const OWNER_ONLY = 0o600;

/** Where the sandbox's addresses, keys and people are written for programs. */
export function sandboxFile({ dataDir }: Config): string {
  return join(dataDir, 'sandbox.json');
}

type Kept = Partial<Record<string, unknown>>;

/** What an earlier start wrote; nothing if it cannot be read. */
function readSandboxFile(file: string): Kept {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return {};
  }
}

/** Where the web till was at an earlier start, or null. */
export function readWebTillUrl(file: string): string | null {
  const { web_till_url } = readSandboxFile(file);
  return typeof web_till_url === 'string' ? web_till_url : null;
}

/** The keys that an earlier start wrote, or null if there are none that can be read. */
export function readSandboxKeys(file: string): SandboxKeys | null {
  const kept = readSandboxFile(file);
  const { admin_key, terminal_key, test_terminal_key } = kept;
  const retailer = readId('retailer', String(kept.retailer_id));
  const terminal = readId('terminal', String(kept.terminal_id));
  if (typeof admin_key !== 'string' || typeof terminal_key !== 'string') return null;
  if (typeof test_terminal_key !== 'string' || retailer === null || terminal === null) return null;
  return {
    adminKey: admin_key,
    terminalKey: terminal_key,
    testTerminalKey: test_terminal_key,
    retailer,
    terminal,
  };
}

interface SandboxContent {
  readonly baseUrl: string;
  /** The link that makes the owner's passkey; each start makes another. */
  readonly setup: string;
  readonly keys: SandboxKeys;
  readonly people: readonly SandboxPerson[];
  /** Null where no port was free for it. */
  readonly webTill: string | null;
}

/** Writes everything a program needs to use the sandbox, readable by its owner only. */
export function writeSandboxFile(
  file: string,
  { baseUrl, setup, keys, people, webTill }: SandboxContent,
): void {
  const content = {
    base_url: baseUrl,
    admin_setup_url: setup,
    admin_key: keys.adminKey,
    terminal_key: keys.terminalKey,
    test_terminal_key: keys.testTerminalKey,
    retailer_id: keys.retailer,
    terminal_id: keys.terminal,
    web_till_url: webTill,
    people: people.map(({ person, offer }) => ({
      id: person.id,
      name: `${person.facts.givenName} ${person.facts.familyName}`,
      birth_date: person.facts.birthDate,
      statuses: person.facts.statuses.map(({ type }) => type),
      offer_uri: offer.offerUri,
      wallet_url: offer.walletUrl,
      tx_code: offer.txCode,
    })),
  };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY });
  chmodSync(file, OWNER_ONLY);
}
