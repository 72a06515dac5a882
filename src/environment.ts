/** The environment as an operator writes it: a variable for each setting, and what is wrong with them, in words. */

import { z } from 'zod';
import { USUAL_BOUNDS } from './judgement/pass-time.ts';
import { isTimeZone } from './kernel/calendar-date.ts';
import { DEFAULT_AGES, DEFAULT_STATUSES, MOST_AGES, MOST_STATUSES } from './kernel/claims.ts';
import { EVENT_KINDS } from './kernel/event-kinds.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

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
  TERMINAL_SESSION_DAYS: wholeNumber(1, 365).default(30),
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

/** What the variables come to, each by itself. */
export type Settings = z.output<typeof schema>;

/** Reads all variables; null where there is a problem. A problem names the variable and never repeats its value. */
export function readSettings(
  given: Environment,
  sandbox: boolean,
): { readonly settings: Settings | null; readonly problems: readonly string[] } {
  const result = schema.safeParse(given);
  const problems = [
    ...(result.error?.issues.map(problemOf) ?? []),
    ...urlProblems(given.PUBLIC_URL, sandbox),
    ...(result.success ? orderProblems(result.data) : []),
  ];
  return { settings: result.success && problems.length === 0 ? result.data : null, problems };
}

/** Settings that have to stand in an order: the second may not be above the first. */
const ORDERED = [
  ['PASS_AHEAD_SECONDS', 'PASS_FRESH_AHEAD_SECONDS'],
  ['PASS_OLD_SECONDS', 'PASS_FRESH_SECONDS'],
  ['BUNDLE_HOURS', 'BUNDLE_STALE_HOURS'],
] as const;

function orderProblems(env: Settings): readonly string[] {
  return ORDERED.filter(([above, below]) => env[above] < env[below]).map(
    ([above, below]) => `${below} may not be larger than ${above}`,
  );
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
