// Measures what a row of each growing table takes on SQLite, keys and indexes included: `npm run measure-rows`.
// Each table is filled in a database of its own with rows as the service writes them, the file is compacted, and the
// growth is divided by the rows.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase } from '../src/db/database.ts';
import { migrate } from '../src/db/migrate.ts';
import { minter, type Noun } from '../src/kernel/ids.ts';

const ROWS = 20_000;
const AT = Date.parse('2026-11-22T10:00:00Z');
const mint = minter({ now: () => new Date(AT), random: (length) => new Uint8Array(randomBytes(length)) });
const id = (noun: Noun) => mint(noun) as string;
const hash = () => randomBytes(32).toString('base64url');
const ids = Array.from({ length: ROWS }, (_, i) => i);
const asked = JSON.stringify({ claims: ['age_over_18'], policies: ['alcohol'] });

/** A row, and before it the rows that it hangs on, which are in the file before it is measured. */
interface Sample {
  readonly row: (i: number) => object;
  readonly first?: Readonly<Record<string, object>>;
}

const person = {
  id: id('person'),
  state: 'active',
  wrapped_key: randomBytes(60),
  sealed_record: randomBytes(420),
};
const PERSON = { people: { ...person, created_at: AT, updated_at: AT } };
const WALLET = {
  ...PERSON,
  wallets: { id: id('wallet'), person_id: person.id, state: 'active', created_at: AT },
};
const KEY = {
  purpose: 'issuer',
  state: 'active',
  issuer_url: 'https://id.example',
  public_jwk: '{}',
  created_at: AT,
};
const LIST = {
  issuer_keys: { id: id('issuer_key'), ...KEY },
  status_lists: { id: id('status_list'), issuer_key: '', size: 131_072, used: 0, version: 1 },
};
LIST.status_lists.issuer_key = LIST.issuer_keys.id;
const RETAILER = {
  retailers: { id: id('retailer'), name: 'Corner Shop', permitted_claims: '[]', created_at: AT },
};
const TERMINAL = {
  ...RETAILER,
  terminals: {
    id: id('terminal'),
    retailer_id: RETAILER.retailers.id,
    name: 'Till',
    live: 1,
    created_at: AT,
  },
};
const SHOWN = { presentations: presentation() };

function presentation() {
  const hashes = { ticket_hash: hash(), secret_hash: hash() };
  return { id: id('presentation'), ...hashes, state: 'used', presented_at: AT, expires_at: AT + 58_000 };
}

function passkey() {
  const key = { credential_id: randomBytes(32).toString('base64url'), public_key: randomBytes(77) };
  return { id: id('passkey'), wallet_id: WALLET.wallets.id, ...key, sealed_name: randomBytes(40) };
}

const PASSKEY = { ...passkey(), counter: 0, transports: '[]', backed_up: 0, created_at: AT };

const SAMPLES: Readonly<Record<string, Sample>> = {
  verifications: {
    row: () => ({
      ...{ id: id('verification'), terminal_id: id('terminal'), retailer_id: id('retailer'), live: 1 },
      ...{ outcome: 'approved', next_step: 'sell', asked, proof: 'ticket', presented_at: AT, checked_at: AT },
      ...{ reference: 'till 4, receipt 2231', scanned_at: AT },
    }),
  },
  audit_events: {
    row: () => ({
      ...{ id: id('event'), at: AT, actor: id('terminal'), action: 'verification.approved' },
      subject: id('verification'),
    }),
  },
  presentations: { row: () => presentation() },
  presentation_askings: {
    first: SHOWN,
    row: () => ({
      ...{ verification_id: id('verification'), presentation_id: SHOWN.presentations.id, approved: 1 },
      ...{
        terminal_id: id('terminal'),
        question_hash: hash(),
        sealed_asking: randomBytes(300),
        asked_at: AT,
      },
    }),
  },
  idempotency_keys: {
    row: () => ({
      ...{ scope: hash(), body_hash: hash(), verification_id: id('verification'), expires_at: AT },
    }),
  },
  used_nonces: { row: () => ({ hash: hash(), expires_at: AT }) },
  verification_counts: {
    row: (i) => ({
      ...{
        hour: AT + (i % 100) * 3_600_000,
        retailer_id: id('retailer'),
        policy: 'alcohol',
        outcome: 'approved',
      },
      ...{ reason: '', live: 1, questions: 1_000 },
    }),
  },
  status_entries: {
    first: { ...WALLET, ...LIST },
    row: (i) => ({
      ...{ list_id: LIST.status_lists.id, idx: i, status: 0, credential: 'age', expires_at: AT },
      ...{ person_id: id('person'), wallet_id: id('wallet') },
    }),
  },
  offers: {
    first: PERSON,
    row: () => ({
      ...{
        id: id('offer'),
        person_id: person.id,
        state: 'redeemed',
        reference_hash: hash(),
        code_hash: hash(),
      },
      ...{ tx_code_mac: hash(), tries: 1, credentials: '["age","status","identity"]' },
      ...{ created_at: AT, expires_at: AT },
    }),
  },
  wallets: {
    first: PERSON,
    row: () => ({
      ...{ id: id('wallet'), person_id: person.id, state: 'active', created_at: AT },
      lock_code_mac: hash(),
    }),
  },
  passkeys: {
    first: WALLET,
    row: () => ({
      ...passkey(),
      ...{ counter: 0, transports: '["hybrid","internal"]', backed_up: 1, created_at: AT, last_used_at: AT },
    }),
  },
  sessions: {
    first: { ...WALLET, passkeys: PASSKEY },
    row: () => ({
      ...{ id: id('session'), hash: hash(), passkey_id: PASSKEY.id, wallet_id: WALLET.wallets.id },
      ...{ verified_at: AT, expires_at: AT },
    }),
  },
  pass_quotas: { row: () => ({ scope: hash(), used: 8, expires_at: AT }) },
  pass_requests: { row: () => ({ hash: hash(), expires_at: AT }) },
  spent_passes: {
    row: () => ({
      ...{
        mark: randomBytes(32).toString('hex'),
        kept_until: AT,
        spent_at: AT,
        terminal_id: TERMINAL.terminals.id,
      },
      ...{ verification_id: id('verification'), question_hash: hash() },
    }),
  },
  offline_verifications: {
    first: TERMINAL,
    row: () => ({
      ...{ terminal_id: TERMINAL.terminals.id, report_id: randomBytes(16).toString('base64url') },
      ...{ key_id: '1f8c02ab', mark: randomBytes(32).toString('hex'), outcome: 'approved' },
      ...{ checked_at: AT, reported_at: AT, spent_twice: 0 },
    }),
  },
  passkey_challenges: {
    row: () => ({ id: id('challenge'), hash: hash(), purpose: 'sign_in_holder', expires_at: AT }),
  },
  people: {
    row: () => ({
      ...{ id: id('person'), state: 'active', wrapped_key: randomBytes(60), sealed_record: randomBytes(420) },
      ...{ created_at: AT, updated_at: AT },
    }),
  },
  people_search: { first: PERSON, row: () => ({ hash: hash(), person_id: person.id }) },
};

for (const [table, sample] of Object.entries(SAMPLES)) {
  process.stdout.write(`${table.padEnd(22)} ${await bytesPerRow(table, sample)} bytes\n`);
}

async function bytesPerRow(table: string, { row, first = {} }: Sample): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-rows-'));
  const file = join(folder, 'rows.sqlite');
  const db = openDatabase(pathToFileURL(file).href);
  try {
    await migrate(db);
    for (const [name, value] of Object.entries(first)) await db(name).insert(value);
    const empty = await size();
    await db.batchInsert(table, ids.map(row), 200);
    return Math.round(((await size()) - empty) / ROWS);
  } finally {
    await db.destroy();
    rmSync(folder, { recursive: true });
  }

  async function size(): Promise<number> {
    await db.raw('VACUUM');
    await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    return statSync(file).size;
  }
}
