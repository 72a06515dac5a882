import { z } from 'zod';
import { type FreshnessBounds, USUAL_BOUNDS } from './judgement/pass-time.ts';
import type { LeapBirthday } from './kernel/birthday.ts';
import { isTimeZone } from './kernel/calendar-date.ts';
import {
  DEFAULT_AGES,
  DEFAULT_STATUSES,
  MOST_AGES,
  MOST_STATUSES,
  type Vocabulary,
} from './kernel/claims.ts';
import { EVENT_KINDS, type EventKind } from './kernel/event-kinds.ts';
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

const wholeNumber = (lowest: number, highest: number) => z.coerce.number().int().min(lowest).max(highest);
const words = (shape: RegExp, most: number) =>
  z
    .string()
    .transform((text) => text.split(',').map((word) => word.trim()))
    .pipe(z.array(z.string().regex(shape)).min(1).max(most));

function isDatabaseUrl(text: string): boolean {
  return /^(file|postgres|postgresql):\/\//.test(text) && URL.canParse(text);
}

const schema = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  WEB_TILL_PORT: wholeNumber(0, 65_535).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.string().refine(isDatabaseUrl, 'is not a file: or postgres: address').optional(),
  DATABASE_POOL: wholeNumber(2, 500).default(10),
  MASTER_KEY_FILE: z.string().min(1).optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  AGES: words(/^[1-9]\d?$/, MOST_AGES).default(DEFAULT_AGES.map(String)),
  STATUSES: words(/^[a-z][a-z0-9_]{0,31}$/, MOST_STATUSES).default([...DEFAULT_STATUSES]),
  JURISDICTION: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .default('GB'),
  TIME_ZONE: z.string().refine(isTimeZone, 'is not a time zone').default('Europe/London'),
  LEAP_BIRTHDAY: z.enum(['02-28', '03-01']).default('03-01'),
  POLICY_PACK: z
    .string()
    .regex(/^([a-z]{2}(-[a-z0-9]{1,3})?|.*[/.].*)$/, 'is neither the id of a pack nor a path')
    .optional(),
  CREDENTIAL_DAYS: wholeNumber(1, 90).default(14),
  STATISTICS_MINIMUM: wholeNumber(1, 1_000).default(5),
  HOLDER_SESSION_HOURS: wholeNumber(1, 720).default(12),
  OFFICER_SESSION_HOURS: wholeNumber(1, 24).default(8),
  OFFICER_IDLE_MINUTES: wholeNumber(5, 1_440).default(30),
  PASSES: z.enum(['on', 'off']).default('on'),
  PASS_QUOTA: wholeNumber(1, 40).default(8),
  PASS_WINDOW_DAYS: wholeNumber(1, 31).default(1),
  PASS_LISTED_DAYS: wholeNumber(1, 90).default(7),
  PASS_SIGNING_THREADS: wholeNumber(1, 32).default(1),
  PASS_AHEAD_SECONDS: wholeNumber(0, 600).default(USUAL_BOUNDS.ahead),
  PASS_OLD_SECONDS: wholeNumber(20, 600).default(USUAL_BOUNDS.old),
  PASS_FRESH_AHEAD_SECONDS: wholeNumber(0, 600).default(USUAL_BOUNDS.freshAhead),
  PASS_FRESH_SECONDS: wholeNumber(10, 600).default(USUAL_BOUNDS.freshOld),
  BUNDLE_STALE_HOURS: wholeNumber(1, 720).default(24),
  BUNDLE_HOURS: wholeNumber(1, 720).default(72),
  VERIFICATION_DAYS: wholeNumber(2, 3_650).default(90),
  PRESENTATION_HOURS: wholeNumber(24, 720).default(24),
  EVENT_DAYS: words(
    new RegExp(`^(none|(${EVENT_KINDS.join('|')}):[1-9]\\d{0,4})$`),
    EVENT_KINDS.length,
  ).default(['verification:90', 'passes:7']),
  COUNT_DAYS: wholeNumber(31, 3_650).default(730),
  OFFER_DAYS: wholeNumber(1, 3_650).default(30),
  STATUS_DAYS: wholeNumber(1, 3_650).default(1),
  TERMINAL_KEY_DAYS: wholeNumber(1, 3_650).default(30),
  REPORT_DAYS: wholeNumber(1, 3_650).default(365),
  TERMINAL_RATE: wholeNumber(1, 100_000).default(100),
  ADDRESS_RATE: wholeNumber(1, 100_000).default(50),
  COPY_RATE: wholeNumber(1, 1_000).default(2),
});

/** What turns a relative path and the environment's files into absolute ones; the entry point has them. */
interface Files {
  readonly fileUrl: (path: string, folder: string) => string;
  readonly path: (path: string, folder: string) => string;
  readonly read: (path: string) => string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings from the environment. Throws `ConfigError` with every problem. */
export function readConfig(environment: Environment, sandbox: boolean, files: Files): Config {
  const { given, unread } = withFiles(environment, files);
  const result = schema.safeParse(given);
  const problems = [
    ...unread,
    ...(result.error?.issues.map(problemOf) ?? []),
    ...urlProblems(given.PUBLIC_URL, sandbox),
    ...(result.success ? orderProblems(result.data) : []),
  ];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  const env = result.data;
  const publicUrl = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).origin;
  const dataDir = files.path(env.DATA_DIR, '');
  return Object.freeze({
    sandbox,
    host: env.HOST,
    ...{ port: env.PORT, webTillPort: env.WEB_TILL_PORT ?? null },
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
    officerIdleMinutes: env.OFFICER_IDLE_MINUTES,
    passes: passSettings(env),
    retention: retentionOf(env),
    limits: { terminal: env.TERMINAL_RATE, address: env.ADDRESS_RATE, copy: env.COPY_RATE },
  });
}

const FROM_FILES = ['DATABASE_URL', 'METRICS_TOKEN'] as const;

function passSettings(env: z.output<typeof schema>): PassSettings {
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

/** Settings that have to stand in an order: the second may not be above the first. */
const ORDERED = [
  ['PASS_AHEAD_SECONDS', 'PASS_FRESH_AHEAD_SECONDS'],
  ['PASS_OLD_SECONDS', 'PASS_FRESH_SECONDS'],
  ['BUNDLE_HOURS', 'BUNDLE_STALE_HOURS'],
] as const;

function orderProblems(env: z.output<typeof schema>): readonly string[] {
  return ORDERED.filter(([above, below]) => env[above] < env[below]).map(
    ([above, below]) => `${below} may not be larger than ${above}`,
  );
}

function retentionOf(env: z.output<typeof schema>): Retention {
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

function problemOf(issue: z.core.$ZodIssue): string {
  const hint = HINTS[issue.code] ?? 'has the wrong form';
  return `${String(issue.path[0])} ${issue.code === 'custom' ? issue.message : hint}`;
}

const HINTS: Readonly<Record<string, string>> = {
  invalid_type: 'is of the wrong type',
  too_big: 'is too large',
  too_small: 'is too small',
  invalid_value: 'is not one of the values allowed',
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** What is wrong with an address that has the form of one; the schema tells of the others. */
function urlProblems(publicUrl: string | undefined, sandbox: boolean): readonly string[] {
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return [];
  const url = new URL(publicUrl);
  const problems: string[] = [];
  if (!/^\/*$/.test(url.pathname) || url.search + url.hash + url.username + url.password !== '') {
    problems.push('PUBLIC_URL has to be an origin, with no path, query or user');
  }
  if (!sandbox && url.protocol === 'http:' && !LOOPBACK.includes(url.hostname)) {
    problems.push('PUBLIC_URL has to be https, except on this machine itself');
  }
  return problems;
}
