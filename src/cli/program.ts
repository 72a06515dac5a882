import { Command, InvalidArgumentError } from 'commander';
import { checkConfig } from './check-config.ts';
import { createAdminKey } from './create-admin-key.ts';
import { demo } from './demo/demo.ts';
import type { Door } from './door.ts';
import { invite } from './invite-officer.ts';
import { migrateNow } from './migrate.ts';
import { listPassKeys, withdrawPassKeyNow } from './pass-keys.ts';
import { checkPacks, loadPack } from './policies.ts';
import { rotateKeysNow } from './rotate-keys.ts';
import { start } from './start.ts';

/** The command line. */
export function program(door: Door): Command {
  const root = new Command('counterproof')
    .description('A digital identity and age-verification service that anyone can host.')
    .version(door.places.version)
    .showHelpAfterError()
    .addHelpText('after', SETTINGS);

  sandboxed(root.command('start'))
    .description('start the service; with --sandbox, with made-up people and a made-up shop')
    .option('--workers <number>', 'processes that share the work; more than one need PostgreSQL', someWorkers)
    .action(({ sandbox = false, workers = 1 }) => start(door, { sandbox, workers }));

  root
    .command('demo')
    .description('tell the whole story in this terminal, over real HTTP, and clean up')
    .option('--save-qr <file>', 'keep the picture of the first QR (PNG)')
    .action(({ saveQr }) => demo(door, { saveQr: saveQr ?? null }));

  root
    .command('migrate')
    .description('bring the tables up to date')
    .action(() => migrateNow(door));

  keyCommands(root, door);
  policyCommands(root, door);
  const config = root.command('config').description('settings');
  sandboxed(config.command('check'))
    .description('say what the settings come to, or every problem with them')
    .action(({ sandbox = false }) => checkConfig(door, { sandbox }));
  return root;
}

function keyCommands(root: Command, door: Door): void {
  const adminKey = root.command('admin-key').description('keys of officers, for automation');
  sandboxed(adminKey.command('create'))
    .description('make an admin key and print it, this once')
    .option('--scope <scope...>', 'what it may do; everything, if left out')
    .option('--days <days>', 'days after which it stops', wholeDays)
    .action(({ scope = [], days = null, sandbox = false }) =>
      createAdminKey(door, { scopes: scope, days, sandbox }),
    );

  const officers = root.command('officer').description('people on the staff, who sign in with passkeys');
  sandboxed(officers.command('invite'))
    .description('print a link, this once, that makes somebody an officer; it works once and for 24 hours')
    .requiredOption('--name <name>', 'what the officer is called')
    .option('--role <role>', 'owner, issuer or auditor', 'owner')
    .action(({ name, role, sandbox = false }) => invite(door, { name, role, sandbox }));

  const keys = root.command('keys').description('signing keys');
  sandboxed(keys.command('rotate'))
    .description('let the next keys sign; the present ones stay published until what they signed has expired')
    .action(({ sandbox = false }) => rotateKeysNow(door, { sandbox }));

  const passKeys = root.command('pass-keys').description('the keys that passes are signed with');
  sandboxed(passKeys.command('list'))
    .description('print them: id, first date of the window, claim')
    .action(({ sandbox = false }) => listPassKeys(door, { sandbox }));
  sandboxed(passKeys.command('withdraw <id>'))
    .description('let nothing that a key signed be good any more, for when it may be in other hands')
    .action((id: string, { sandbox = false }) => withdrawPassKeyNow(door, id, { sandbox }));
}

function policyCommands(root: Command, door: Door): void {
  const policies = root.command('policies').description('packs of rules at the till');
  policies
    .command('check <pack...>')
    .description('say of packs, by their paths or ids, whether they are good, or every problem with them')
    .action((packs: readonly string[]) => checkPacks(door, packs));

  sandboxed(policies.command('load <pack>'))
    .description('add the policies of a pack that are missing; the next question goes by them')
    .option('--replace', 'write over those that are there')
    .action((pack: string, { replace = false, sandbox = false }) =>
      loadPack(door, pack, { replace, sandbox }),
    );
}

function sandboxed(command: Command): Command {
  return command.option('--sandbox', 'use the sandbox: made-up people, a master key of its own');
}

function wholeDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('A whole number of days is needed.');
  return Number(text);
}

function someWorkers(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('A number from 1 to 99 is needed.');
  return Number(text);
}

const SETTINGS = `
Settings come from the environment; NAME_FILE may name a file that holds a secret:
  PUBLIC_URL        where people reach it (https, except on this machine)
  PORT, HOST        where it listens (3000, 127.0.0.1)
  WEB_TILL_PORT     where the web till of the sandbox listens (PORT + 1)
  DATA_DIR          where files go (.data)
  DATABASE_URL      postgres://user:password@host/name, or a file: address
                    for SQLite (in DATA_DIR)
  DATABASE_POOL     connections to PostgreSQL of one process, at most (10)
  MASTER_KEY_FILE   64 hexadecimal digits, readable by the owner only
  METRICS_TOKEN     bearer token for /metrics; without it there are none
  TRUSTED_PROXIES   proxies in front, for limits by address (0)
  POLICY_PACK       id or path of the pack to begin with (that of JURISDICTION)
  STATISTICS_MINIMUM the smallest count that statistics tell (5)
  HOLDER_SESSION_HOURS, OFFICER_SESSION_HOURS how long a sign-in lasts (12, 8)
  TERMINAL_SESSION_DAYS days without a use after which a till is paired anew (30)
  VERIFICATION_DAYS, PRESENTATION_HOURS, COUNT_DAYS, OFFER_DAYS, STATUS_DAYS,
  TERMINAL_KEY_DAYS, REPORT_DAYS how long what is over is kept
                    (90, 24, 730, 30, 1, 30, 365)
  EVENT_DAYS        the same for audit events by kind, or none
                    (verification:90,passes:7)
  PASSES, PASS_QUOTA, PASS_WINDOW_DAYS, PASS_LISTED_DAYS, PASS_SIGNING_THREADS
                    passes (on, 8, 1, 7, 1)
  PASS_AHEAD_SECONDS, PASS_OLD_SECONDS, PASS_FRESH_AHEAD_SECONDS,
  PASS_FRESH_SECONDS how old a showing may be (60, 90, 5, 40)
  BUNDLE_STALE_HOURS, BUNDLE_HOURS how long tills trust what they know (24, 72)
  JURISDICTION, TIME_ZONE, LEAP_BIRTHDAY, AGES, STATUSES, CREDENTIAL_DAYS,
  TERMINAL_RATE, ADDRESS_RATE, COPY_RATE, LOG_LEVEL`;
