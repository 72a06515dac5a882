import { type Environment, readSettings, type Settings } from './environment.ts';
import type { FreshnessBounds } from './judgement/pass-time.ts';
import type { LeapBirthday } from './kernel/birthday.ts';
import type { Vocabulary } from './kernel/claims.ts';
import type { EventKind } from './kernel/event-kinds.ts';
import { Secret } from './kernel/secret.ts';

/** The settings of one process, checked and frozen. */
export interface Config {
  readonly sandbox: boolean;
  readonly host: string;
  readonly port: number;
  /** Where the sandbox's web till listens; null for the first that is free after its own. */
  readonly webTillPort: number | null;
  /** Where people reach it, without a slash at the end: the `credential_issuer`. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** `file:` for SQLite, `postgres:` for PostgreSQL; a password may be in it. */
  readonly databaseUrl: string;
  /** How many connections to PostgreSQL this process has at most. */
  readonly databasePool: number;
  readonly masterKeyFile: string;
  readonly metricsToken: Secret<string> | null;
  /** How many proxies stand before it, for the caller's address. */
  readonly trustedProxies: number;
  readonly logLevel: string;
  readonly vocabulary: Vocabulary;
  readonly jurisdiction: { readonly code: string; readonly timeZone: string; readonly leap: LeapBirthday };
  /** The id or the path of the policies to begin with; null for those of the jurisdiction. */
  readonly policyPack: string | null;
  readonly credentialDays: number;
  /** The smallest count that statistics tell. */
  readonly statisticsMinimum: number;
  /** How long a sign-in lasts. */
  readonly sessionHours: { readonly holder: number; readonly officer: number };
  /** Days without a use after which a browser is no longer paired with its terminal. */
  readonly terminalSessionDays: number;
  /** Minutes without a request after which an officer's session has ended. */
  readonly officerIdleMinutes: number;
  readonly passes: PassSettings;
  readonly retention: Retention;
  readonly limits: { readonly terminal: number; readonly address: number; readonly copy: number };
}

/** How passes are made and how they are judged. */
export interface PassSettings {
  /** Whether there are any; else ages and statuses are shown with tickets only. */
  readonly on: boolean;
  /** For a person, claim and window. */
  readonly quota: number;
  readonly windowDays: number;
  /** Days ahead for which keys are listed. */
  readonly listedDays: number;
  readonly signingThreads: number;
  readonly freshness: FreshnessBounds;
  /** After so many hours a till's trust bundle is stale, and after so many it is over. */
  readonly bundleHours: { readonly stale: number; readonly over: number };
}

/** How long what is over is kept. What is not named here goes by itself, after minutes or a day. */
export interface Retention {
  readonly verificationDays: number;
  readonly presentationHours: number;
  /** By kinds; events of the others stay. */
  readonly eventDays: readonly (readonly [kind: EventKind, days: number])[];
  readonly countDays: number;
  readonly offerDays: number;
  readonly statusDays: number;
  readonly terminalKeyDays: number;
  readonly reportDays: number;
}

/** Every problem of the settings at once, a line each; values are never repeated. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What turns a relative path and the environment's files into absolute ones; the entry point has them. */
interface Files {
  readonly fileUrl: (path: string, folder: string) => string;
  readonly path: (path: string, folder: string) => string;
  readonly read: (path: string) => string;
}

/** Reads the settings from the environment. Throws `ConfigError` with every problem. */
export function readConfig(environment: Environment, sandbox: boolean, files: Files): Config {
  const { given, unread } = withFiles(environment, files);
  const { settings: env, problems } = readSettings(given, sandbox);
  if (env === null || unread.length > 0) throw new ConfigError([...unread, ...problems]);
  const publicUrl = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).origin;
  const dataDir = files.path(env.DATA_DIR, '');
  return Object.freeze({
    sandbox,
    host: env.HOST,
    port: env.PORT,
    webTillPort: env.WEB_TILL_PORT ?? null,
    publicUrl,
    dataDir,
    databaseUrl: env.DATABASE_URL ?? files.fileUrl('counterproof.sqlite', dataDir),
    databasePool: env.DATABASE_POOL,
    masterKeyFile: env.MASTER_KEY_FILE ?? files.path('master.key', dataDir),
    metricsToken: env.METRICS_TOKEN === undefined ? null : new Secret(env.METRICS_TOKEN),
    trustedProxies: env.TRUSTED_PROXIES,
    logLevel: env.LOG_LEVEL,
    vocabulary: { ages: env.AGES.map(Number), statuses: env.STATUSES },
    jurisdiction: { code: env.JURISDICTION, timeZone: env.TIME_ZONE, leap: env.LEAP_BIRTHDAY },
    policyPack: packPath(env.POLICY_PACK, files),
    credentialDays: env.CREDENTIAL_DAYS,
    statisticsMinimum: env.STATISTICS_MINIMUM,
    sessionHours: { holder: env.HOLDER_SESSION_HOURS, officer: env.OFFICER_SESSION_HOURS },
    terminalSessionDays: env.TERMINAL_SESSION_DAYS,
    officerIdleMinutes: env.OFFICER_IDLE_MINUTES,
    passes: passSettings(env),
    retention: retentionOf(env),
    limits: { terminal: env.TERMINAL_RATE, address: env.ADDRESS_RATE, copy: env.COPY_RATE },
  });
}

const FROM_FILES = ['DATABASE_URL', 'METRICS_TOKEN'] as const;

function passSettings(env: Settings): PassSettings {
  return {
    on: env.PASSES === 'on',
    quota: env.PASS_QUOTA,
    windowDays: env.PASS_WINDOW_DAYS,
    listedDays: env.PASS_LISTED_DAYS,
    signingThreads: env.PASS_SIGNING_THREADS,
    freshness: {
      ahead: env.PASS_AHEAD_SECONDS,
      old: env.PASS_OLD_SECONDS,
      freshAhead: env.PASS_FRESH_AHEAD_SECONDS,
      freshOld: env.PASS_FRESH_SECONDS,
    },
    bundleHours: { stale: env.BUNDLE_STALE_HOURS, over: env.BUNDLE_HOURS },
  };
}

function retentionOf(env: Settings): Retention {
  const kinds = env.EVENT_DAYS.filter((one) => one !== 'none').map((one) => one.split(':'));
  return {
    verificationDays: env.VERIFICATION_DAYS,
    presentationHours: env.PRESENTATION_HOURS,
    eventDays: kinds.map(([kind, days]) => [kind as EventKind, Number(days)]),
    countDays: env.COUNT_DAYS,
    offerDays: env.OFFER_DAYS,
    statusDays: env.STATUS_DAYS,
    terminalKeyDays: env.TERMINAL_KEY_DAYS,
    reportDays: env.REPORT_DAYS,
  };
}

function packPath(named: string | undefined, files: Files): string | null {
  if (named === undefined) return null;
  return /[/.]/.test(named) ? files.path(named, '') : named;
}

/** `NAME_FILE` gives `NAME` from a file, for secrets; empty settings count as absent. */
function withFiles(
  environment: Environment,
  files: Files,
): { given: Environment; unread: readonly string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const unread: string[] = [];
  for (const name of FROM_FILES) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    try {
      given[name] = files.read(file).trim();
    } catch {
      unread.push(`${name}_FILE cannot be read`);
    }
  }
  return { given, unread };
}
