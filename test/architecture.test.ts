import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from './support/checkout.ts';
import * as rules from './support/house.ts';
import {
  DOORS,
  FRAME,
  house,
  inDb,
  inSdk,
  inWeb,
  isPure,
  MOST_LINES,
  mayNameKnex,
  maySpeakSql,
  none,
  PAGES,
  SDK_ENTRY,
} from './support/rooms.ts';

const tree = new Map(['src', 'migrations'].flatMap((folder) => filesBelow(folder)));
/** What people read besides. */
const styles = new Map(filesBelow('src', /\.css$/));
const tests = new Map(filesBelow('test'));

describe('the house', () => {
  const imports = [...tree].flatMap(([path, text]) => rules.importsOf(path, text));

  test('has files, and their imports were found', () => {
    assert.ok(tree.size > 0);
    assert.ok(tree.size < 10 || imports.length > 0);
  });

  test('has every file in a room of the table', () => none(rules.strangers(tree, house)));
  test('has imports that only run down', () => none(rules.upwardImports(tree, house)));
  test('has no circles', () => none(rules.circles(tree)));

  test('keeps kernel, formats and judgement pure', () => {
    none(rules.importsOnlyBy(tree, 'node:', ({ from }) => !isPure(from)));
    none(rules.breaches(tree, rules.whatIsNotPure, isPure));
  });

  test('lets clock, chance and environment in by main.ts only, and by the one door of the SDK', () =>
    none(
      rules.breaches(tree, rules.clockChanceAndEnvironment, (path) => !DOORS.includes(path) && !inWeb(path)),
    ));

  test('is composed by main.ts and the commands only; its frame may name the result', () => {
    none(
      rules.importsOnlyBy(tree, 'src/compose.ts', ({ from, typeOnly }) => {
        const room = rules.roomOf(from);
        return ['main.ts', 'cli'].includes(room) || (typeOnly && FRAME.includes(room));
      }),
    );
  });

  test('keeps the browser to itself: nobody imports web, and its pages share nothing but what lies beside them', () => {
    none(rules.importsOnlyBy(tree, 'src/web', ({ from }) => inWeb(from)));
    for (const page of PAGES) {
      none(rules.importsOnlyBy(tree, `src/web/${page}`, ({ from }) => from.startsWith(`src/web/${page}/`)));
    }
    none(rules.importsOnlyBy(tree, 'node:', ({ from }) => !inWeb(from)));
    none(rules.breaches(tree, rules.whatIsNodes, inWeb));
    none(rules.importsOnlyBy(tree, 'node:', ({ from }) => !inSdk(from) || from === 'src/sdk/file-store.ts'));
  });

  test('gives the browser the contract as types alone, so that no schema is loaded at a till', () => {
    const endpoints = [...tree.keys()].filter((path) => path.endsWith('/endpoints.ts'));
    for (const path of [...endpoints, 'src/contract.ts', 'zod']) {
      none(rules.importsOnlyBy(tree, path, ({ from, typeOnly }) => typeOnly || !inWeb(from)));
    }
  });

  test('knows its database drivers in db only', () => {
    none(
      rules.importsOnlyBy(tree, 'knex', (one) => inDb(one.from) || (one.typeOnly && mayNameKnex(one.from))),
    );
    for (const driver of ['sqlite3', 'pg']) none(rules.importsOnlyBy(tree, driver, ({ from }) => inDb(from)));
  });

  test('speaks SQL in stores, db and migrations only', () =>
    none(rules.breaches(tree, rules.sqlWords, (path) => !maySpeakSql(path) && !inWeb(path))));

  test('has no loose types and no default exports', () =>
    none(rules.breaches(tree, rules.looseTypes, () => true)));
  test('has no barrels but the one that a package has to have', () =>
    assert.deepEqual(rules.barrels(tree), [SDK_ENTRY]));
  test(`has no file of more than ${MOST_LINES} lines, and its style sheets and tests have none`, () =>
    none([tree, styles, tests].flatMap((files) => rules.tooLong(files, MOST_LINES))));
  test('puts nothing off', () => none(rules.unfinished(tree)));

  test('has its linter hold functions of src to 40 lines and 4 parameters', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    const held = overrides.find((one: { includes: string[] }) => one.includes.includes('src/**'));
    assert.deepEqual(held?.linter.rules.complexity, {
      noExcessiveLinesPerFunction: { level: 'error', options: { maxLines: 40 } },
      useMaxParams: { level: 'error', options: { max: 4 } },
    });
  });
});

function filesBelow(folder: string, wanted = /\.tsx?$/): [path: string, text: string][] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path, wanted);
    return wanted.test(path) ? [[path, readFileSync(join(root, path), 'utf8')] as [string, string]] : [];
  });
}
