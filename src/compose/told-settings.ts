import type { Config, PassSettings, Retention } from '../config.ts';
import type { ToldSettings } from '../settings/routes.ts';

/** What the settings came to, by their names in the environment. No secret, and of a database its kind alone. */
export function toldSettings(config: Config): ToldSettings {
  const { jurisdiction, limits, sessionHours, vocabulary } = config;
  const told: Record<string, string | number> = {
    PUBLIC_URL: config.publicUrl,
    DATABASE_URL: config.databaseUrl.startsWith('file:') ? 'SQLite' : 'PostgreSQL',
    METRICS_TOKEN: config.metricsToken === null ? 'not set' : 'set',
    TRUSTED_PROXIES: config.trustedProxies,
    LOG_LEVEL: config.logLevel,
    JURISDICTION: jurisdiction.code,
    TIME_ZONE: jurisdiction.timeZone,
    LEAP_BIRTHDAY: jurisdiction.leap,
    POLICY_PACK: config.policyPack ?? 'of the jurisdiction',
    AGES: vocabulary.ages.join(', '),
    STATUSES: vocabulary.statuses.join(', '),
    CREDENTIAL_DAYS: config.credentialDays,
    HOLDER_SESSION_HOURS: sessionHours.holder,
    OFFICER_SESSION_HOURS: sessionHours.officer,
    TERMINAL_SESSION_DAYS: config.terminalSessionDays,
    OFFICER_IDLE_MINUTES: config.officerIdleMinutes,
    STATISTICS_MINIMUM: config.statisticsMinimum,
    ...toldPasses(config.passes),
    ...toldRetention(config.retention),
    TERMINAL_RATE: limits.terminal,
    ADDRESS_RATE: limits.address,
    COPY_RATE: limits.copy,
  };
  const settings = Object.entries(told).map(([name, value]) => ({ name, value: String(value) }));
  return { sandbox: config.sandbox, settings };
}

function toldPasses(passes: PassSettings): Record<string, string | number> {
  const { freshness, bundleHours } = passes;
  if (!passes.on) return { PASSES: 'off' };
  return {
    PASSES: 'on',
    PASS_QUOTA: passes.quota,
    PASS_WINDOW_DAYS: passes.windowDays,
    PASS_LISTED_DAYS: passes.listedDays,
    PASS_SIGNING_THREADS: passes.signingThreads,
    PASS_AHEAD_SECONDS: freshness.ahead,
    PASS_OLD_SECONDS: freshness.old,
    PASS_FRESH_AHEAD_SECONDS: freshness.freshAhead,
    PASS_FRESH_SECONDS: freshness.freshOld,
    BUNDLE_STALE_HOURS: bundleHours.stale,
    BUNDLE_HOURS: bundleHours.over,
  };
}

function toldRetention(retention: Retention): Record<string, string | number> {
  const kinds = retention.eventDays.map(([kind, days]) => `${kind}:${days}`);
  return {
    VERIFICATION_DAYS: retention.verificationDays,
    PRESENTATION_HOURS: retention.presentationHours,
    EVENT_DAYS: kinds.length === 0 ? 'none' : kinds.join(', '),
    COUNT_DAYS: retention.countDays,
    OFFER_DAYS: retention.offerDays,
    STATUS_DAYS: retention.statusDays,
    TERMINAL_KEY_DAYS: retention.terminalKeyDays,
    REPORT_DAYS: retention.reportDays,
  };
}
