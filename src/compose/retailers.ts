import { rateLimit } from '../http/rate-limit.ts';
import { Fault } from '../kernel/fault.ts';
import { listReports } from '../reports/list-reports.ts';
import type { ReportVerbs } from '../reports/routes.ts';
import { takeReport } from '../reports/take-report.ts';
import { addStore } from '../retailers/add-store.ts';
import { changeRetailer } from '../retailers/change-retailer.ts';
import { findRetailer, listRetailers, listStores } from '../retailers/find-retailers.ts';
import { type Pack, policiesOf } from '../retailers/policies/pack.ts';
import { shippedPack, shippedPacks } from '../retailers/policies/pack-files.ts';
import { replacePolicies } from '../retailers/policies/replace-policies.ts';
import type { PolicyVerbs } from '../retailers/policies/routes.ts';
import { setPolicy } from '../retailers/policies/set-policy.ts';
import { registerRetailer } from '../retailers/register-retailer.ts';
import type { RetailerVerbs } from '../retailers/routes.ts';
import { addTerminal } from '../retailers/terminals/add-terminal.ts';
import { blockTerminal } from '../retailers/terminals/block-terminal.ts';
import { currentTerminal } from '../retailers/terminals/current-terminal.ts';
import { embedTerminal } from '../retailers/terminals/embed-terminal.ts';
import { endTerminalSession } from '../retailers/terminals/end-terminal-session.ts';
import { listTerminals } from '../retailers/terminals/find-terminals.ts';
import { pairTerminal } from '../retailers/terminals/pair-terminal.ts';
import { renewPairingCode } from '../retailers/terminals/renew-pairing-code.ts';
import { rotateKey } from '../retailers/terminals/rotate-key.ts';
import type { TerminalVerbs } from '../retailers/terminals/routes.ts';
import { readStatistics } from '../statistics/read-statistics.ts';
import type { StatisticsVerbs } from '../statistics/routes.ts';
import type { Ground } from './ground.ts';

/** Wrong pairing codes a second, of all callers together. */
const PAIRING_RATE = 2;

/** Reports a second, of all callers together: they are nameless, so nothing else bounds them. */
const REPORT_RATE = 10;

export function bindRetailers(ground: Ground): RetailerVerbs {
  const needs = { ...ground, ...ground.stores };
  return {
    register: (asked, actor) => registerRetailer(needs, asked, actor),
    find: (id) => findRetailer(needs, id),
    list: (asked) => listRetailers(needs, asked),
    change: (id, change, actor) => changeRetailer(needs, id, change, actor),
    addStore: (retailer, name, actor) => addStore(needs, retailer, name, actor),
    listStores: (retailer, asked) => listStores(needs, retailer, asked),
  };
}

export function bindTerminals(ground: Ground): TerminalVerbs {
  const guess = rateLimit('pairing', PAIRING_RATE);
  const needs = { ...ground, ...ground.stores, guess, pairedDays: ground.config.terminalSessionDays };
  return {
    add: (retailer, asked, actor) => addTerminal(needs, retailer, asked, actor),
    list: (retailer, asked) => listTerminals(needs, retailer, asked),
    rotateKey: (id, actor) => rotateKey(needs, id, actor),
    renewPairingCode: (id, actor) => renewPairingCode(needs, id, actor),
    block: (id, actor) => blockTerminal(needs, id, actor),
    pair: (typed) => pairTerminal(needs, typed),
    embed: (terminal) => embedTerminal(ground, terminal),
    current: (terminal) => currentTerminal(needs, terminal),
    endSession: (terminal) => endTerminalSession(ground.transact, terminal),
  };
}

export function bindPolicies(ground: Ground): PolicyVerbs {
  return {
    list: () => ground.stores.policies.all(),
    set: (policy, actor) => setPolicy(ground, policy, actor),
    replace: (pack, actor) => replacePolicies(ground, { pack, base: baseOf(pack) }, actor),
    shipped: () =>
      shippedPacks().map((pack) => ({ pack, policies: policiesOf(pack, baseOf(pack)).map(({ id }) => id) })),
    async load(id, actor) {
      const pack = shippedPack(id);
      if (pack === null) throw new Fault('not_found', 'No such pack comes with the program.');
      return replacePolicies(ground, { pack, base: baseOf(pack) }, actor);
    },
  };
}

function baseOf(pack: Pack): Pack | null {
  return pack.extends === undefined ? null : shippedPack(pack.extends);
}

export function bindReports(ground: Ground): ReportVerbs {
  const needs = { ...ground, ...ground.stores, limit: rateLimit('reports', REPORT_RATE) };
  return {
    take: (said) => takeReport(needs, said),
    list: (asked) => listReports(needs, asked),
  };
}

export function bindStatistics({ stores, world, config }: Ground): StatisticsVerbs {
  const needs = { ...stores, now: world.now, minimum: config.statisticsMinimum };
  return { minimum: config.statisticsMinimum, read: (asked) => readStatistics(needs, asked) };
}
