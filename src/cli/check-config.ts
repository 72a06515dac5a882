import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { firstPolicies } from '../retailers/policies/pack-files.ts';
import { Complaint, type Door } from './door.ts';
import { packOrComplaint } from './policies.ts';
import { settings } from './settings.ts';

/** Says what the settings come to, or every problem with them. Nothing is opened or made. */
export function checkConfig(door: Door, { sandbox }: { sandbox: boolean }): void {
  const config = settings(door, sandbox);
  const { jurisdiction, vocabulary, limits } = config;
  const shared = config.databaseUrl.startsWith('postgres');
  door.print(`address         ${config.publicUrl} (listens on ${config.host}:${config.port})`);
  door.print(
    `database        ${shared ? `PostgreSQL, ${config.databasePool} connections at most` : 'SQLite'}`,
  );
  door.print(
    `jurisdiction    ${jurisdiction.code}, ${jurisdiction.timeZone}, 29 February ages on ${jurisdiction.leap}`,
  );
  door.print(`ages            ${vocabulary.ages.join(' ')}`);
  door.print(`statuses        ${vocabulary.statuses.join(' ')}`);
  door.print(`policies        ${policiesLine(config)}`);
  door.print(`credentials     ${config.credentialDays} days`);
  door.print(`limits          ${limits.terminal}/s a key, ${limits.address}/s an address`);
  door.print(`metrics         ${config.metricsToken === null ? 'off (set METRICS_TOKEN)' : 'on'}`);
  if (!sandbox && !existsSync(config.masterKeyFile)) throw new Complaint('MASTER_KEY_FILE does not exist.');
  door.print('The settings are good.');
}

function policiesLine({ policyPack, jurisdiction, vocabulary }: Config): string {
  const first = packOrComplaint(() => firstPolicies(policyPack, jurisdiction.code, vocabulary));
  if (first.pack === null) return `none: there is no pack for ${jurisdiction.code} (set POLICY_PACK)`;
  const without =
    first.leftOut.length === 0 ? '' : `, without ${first.leftOut.join(' ')}, which nobody attests`;
  return `${first.pack}, ${first.policies.length} rules${without}`;
}
