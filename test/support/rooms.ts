/** The rooms of the house, which of them may use which, and what only some of them may do. */

import assert from 'node:assert/strict';
import * as rules from './house.ts';

/** What holds the rooms together and opens them to the network. */
export const FRAME = [
  'app.ts',
  'compose',
  'compose.ts',
  'config.ts',
  'contract.ts',
  'environment.ts',
  'server.ts',
  'stores.ts',
  'sweeps.ts',
];

/** From the ground up: imports run down only. */
const floors = [
  ['kernel'],
  ['formats', 'migrations'],
  ['judgement', 'http', 'db'],
  ['audit', 'docs', 'operating', 'pages', 'settings', 'statistics'],
  ['keys'],
  ['nonces', 'officers', 'people', 'retailers', 'status', 'wallets'],
  ['issuance', 'presentation', 'passes', 'passkeys', 'reports'],
  ['offline', 'verification'],
  FRAME,
  ['sdk'],
  ['web'],
  ['cli', 'main.ts'],
];

/** Rooms that may use these and nothing else. The browser and the till get the contract, never the service. */
const mayUse = {
  kernel: [],
  formats: ['kernel'],
  migrations: [],
  judgement: ['formats', 'kernel'],
  http: ['formats', 'kernel'],
  db: ['kernel', 'migrations'],
  sdk: ['judgement', 'formats', 'kernel', 'contract.ts', 'endpoints'],
  web: ['sdk', 'judgement', 'formats', 'kernel', 'contract.ts', 'endpoints'],
};

/** The frame of the service and its two doors: several files, one room each. */
const halls = [FRAME, ['cli', 'main.ts']];

/** Imports between rooms of one floor. Each that is added here says why. */
const sideDoors: [from: string, to: string][] = [];

export const house: rules.House = { floors, mayUse, halls, sideDoors };

/** The pages of the browser, a folder of `src/web` each. */
export const PAGES = ['wallet', 'terminal', 'admin'];

/** Where time and chance come in: the program's door, and the SDK's for integrators who bring none of their own. */
export const DOORS = ['src/main.ts', 'src/sdk/surroundings.ts'];

/** What `counterproof/sdk` is to whoever imports it. */
export const SDK_ENTRY = 'src/sdk/entry.ts';

export const PURE = ['kernel', 'formats', 'judgement'];
export const MOST_LINES = 300;

/** Fails with all that was found, one a line. */
export function none(found: readonly string[]): void {
  if (found.length > 0) assert.fail(`${found.length} found:\n${found.join('\n')}`);
}

export function isPure(path: string): boolean {
  return PURE.includes(rules.roomOf(path));
}

export function inDb(path: string): boolean {
  return rules.roomOf(path) === 'db';
}

export function inSdk(path: string): boolean {
  return rules.roomOf(path) === 'sdk';
}

export function inWeb(path: string): boolean {
  return rules.roomOf(path) === 'web';
}

export function mayNameKnex(path: string): boolean {
  return path.endsWith('/store.ts') || path === 'src/compose.ts' || path.startsWith('migrations/');
}

export function maySpeakSql(path: string): boolean {
  return path.endsWith('/store.ts') || inDb(path) || path.startsWith('migrations/');
}
