import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from './support/checkout.ts';
import * as rules from './support/house.ts';

/** What holds the rooms together and opens them to the network. */
const FRAME = [
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

const house: rules.House = { floors, mayUse, halls, sideDoors };

/** The pages of the browser, a folder of `src/web` each. */
const PAGES = ['wallet', 'terminal', 'admin'];

/** Where time and chance come in: the program's door, and the SDK's for integrators who bring none of their own. */
const DOORS = ['src/main.ts', 'src/sdk/surroundings.ts'];

/** What `counterproof/sdk` is to whoever imports it. */
const SDK_ENTRY = 'src/sdk/entry.ts';

const PURE = ['kernel', 'formats', 'judgement'];
const MOST_LINES = 300;

const tree = new Map(['src', 'migrations'].flatMap(filesBelow));

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
  test(`has no file of more than ${MOST_LINES} lines`, () => none(rules.tooLong(tree, MOST_LINES)));
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

describe('a breach is found:', () => {
  const good = {
    'src/kernel/ids.ts': 'export const id = 1;',
    'src/people/store.ts': "import { id } from '../kernel/ids.ts';\nexport const people = id;",
  };
  const withFile = (path: string, text: string): rules.Tree =>
    new Map(Object.entries({ ...good, [path]: text }));
  const always = () => true;

  test('none in a sound tree', () => {
    const sound = new Map(Object.entries(good));
    none([...rules.strangers(sound, house), ...rules.upwardImports(sound, house), ...rules.circles(sound)]);
    none([
      ...rules.breaches(sound, rules.looseTypes, always),
      ...rules.barrels(sound),
      ...rules.tooLong(sound, 2),
    ]);
  });

  test('a room that the table does not know', () => {
    assert.deepEqual(rules.strangers(withFile('src/utils/x.ts', ''), house), ['src/utils/x.ts']);
  });

  test('an import that runs up, also over several lines and of a type', () => {
    const up = withFile('src/kernel/up.ts', "import type {\n  people,\n} from '../people/store.ts';");
    assert.deepEqual(rules.upwardImports(up, house), ['src/kernel/up.ts -> src/people/store.ts']);
  });

  test('an import of a room on the same floor, unless it has a door', () => {
    const side = withFile('src/status/store.ts', "export { people } from '../people/store.ts';");
    assert.deepEqual(rules.upwardImports(side, house), ['src/status/store.ts -> src/people/store.ts']);
    none(rules.upwardImports(side, { ...house, sideDoors: [['status', 'people']] }));
  });

  test('a dynamic import that runs up', () => {
    const up = withFile('src/kernel/up.ts', "export const late = () => import('../people/store.ts');");
    assert.deepEqual(rules.upwardImports(up, house), ['src/kernel/up.ts -> src/people/store.ts']);
  });

  test('a lower room that is not on the short list', () => {
    const page = withFile('src/web/page.ts', "import { people } from '../people/store.ts';");
    assert.deepEqual(rules.upwardImports(page, house), ['src/web/page.ts -> src/people/store.ts']);
    const client = new Map(page).set('src/people/endpoints.ts', 'export const all = 1;');
    none(
      rules.upwardImports(
        client.set('src/web/page.ts', "import { all } from '../people/endpoints.ts';"),
        house,
      ),
    );
  });

  test('a circle, told once', () => {
    const round = new Map([
      ['src/kernel/b.ts', "import type { C } from './c.ts';"],
      ['src/kernel/c.ts', "import { a } from './a.ts';"],
      ['src/kernel/a.ts', "import './b.ts';"],
    ]);
    assert.deepEqual(rules.circles(round), [
      'src/kernel/a.ts -> src/kernel/b.ts -> src/kernel/c.ts -> src/kernel/a.ts',
    ]);
  });

  for (const [fault, text] of [
    ['a clock', 'export const now = new Date();'],
    ['chance', 'export const dice = Math.random() * 6;'],
    ['bytes of chance', 'export const salt = crypto.getRandomValues(bytes);'],
    ['chance under its imported name', "import { createHash, randomBytes } from 'node:crypto';"],
    ['the environment', 'export const port = process.env.PORT;'],
    ['a clock inside a template', 'export const text = `it is $' + '{{ at: Date.now() }.at}`;'],
  ] as const) {
    test(`${fault} in a room`, () => {
      const found = rules.breaches(
        withFile('src/people/x.ts', text),
        rules.clockChanceAndEnvironment,
        always,
      );
      assert.match(found.join(), /^src\/people\/x\.ts:1 /);
    });
  }

  test('a module of Node in a pure room', () => {
    const impure = withFile('src/formats/x.ts', "import { Buffer } from 'node:buffer';");
    assert.deepEqual(
      rules.importsOnlyBy(impure, 'node:', ({ from }) => !isPure(from)),
      ['src/formats/x.ts -> node:buffer'],
    );
    assert.equal(rules.breaches(impure, rules.whatIsNotPure, isPure).length, 1);
  });

  test('a driver outside db, though its types may be named in a store', () => {
    const store = withFile(
      'src/people/store.ts',
      "import { type Knex } from 'knex';\nimport knex from 'knex';",
    );
    const found = rules.importsOnlyBy(store, 'knex', (one) => one.typeOnly);
    assert.deepEqual(found, ['src/people/store.ts -> knex']);
  });

  test('SQL in a verb', () => {
    const verb = withFile('src/people/find.ts', "export const find = (t) =>\n  t.where('id', 1);");
    assert.deepEqual(
      rules.breaches(verb, rules.sqlWords, (path) => !maySpeakSql(path)),
      ['src/people/find.ts:2 speaks SQL'],
    );
  });

  for (const [fault, text] of [
    ['any', 'export const loose: any = 1;'],
    ['any', 'export const many: Map<string, any[]> = new Map();'],
    ['as unknown as', 'export const forced = 1 as unknown as string;'],
    ['enum', 'export enum Colour { Red }'],
    ['non-null assertion', 'export const first = list[0]!.name;'],
    ['default export', 'export default 1;'],
    ['default export', 'const one = 1;\nexport { one as default };'],
  ] as const) {
    test(`${fault} in \`${text.replace('\n', ' ')}\``, () => {
      const found = rules.breaches(withFile('src/people/x.ts', text), rules.looseTypes, always);
      assert.deepEqual(found, [`src/people/x.ts:${text.split('\n').length} ${fault}`]);
    });
  }

  test('a barrel, also one that imports first', () => {
    const plain = withFile('src/people/all.ts', "// everything\nexport * from './store.ts';\n");
    const roundabout = withFile(
      'src/people/all.ts',
      "import { people } from './store.ts';\nexport { people };\n",
    );
    assert.deepEqual(rules.barrels(plain), ['src/people/all.ts']);
    assert.deepEqual(rules.barrels(roundabout), ['src/people/all.ts']);
  });

  test('a file that is too long', () => {
    const long = withFile('src/people/x.ts', `${'\n'.repeat(MOST_LINES)}export {};`);
    assert.deepEqual(rules.tooLong(long, MOST_LINES), ['src/people/x.ts has 301 lines']);
  });

  test('work that was put off', () => {
    assert.deepEqual(rules.unfinished(withFile('src/people/x.ts', '\n// TODO: later')), [
      'src/people/x.ts:2 TODO',
    ]);
  });

  test('but not in comments, strings, patterns and words that only look alike', () => {
    const text = [
      "// new Date(), any, !. and import './gone.ts'",
      "export const said = 'process.env and : any and x!.y';",
      'export const pattern = /["`]x!.y: any/g; // the quotes open no string',
      'export const told = `new Date() $' + '{said !== pattern.source ? 1 : 2} : any`;',
      'export const schema = z.any(); const company: { any: number } = many;',
      'export const half = 1 / 2; export const date = new Date(0); const t = Promise.any(x) / 2;',
    ].join('\n');
    const tricky = withFile('src/people/x.ts', text);
    none(rules.breaches(tricky, [...rules.whatIsNotPure, ...rules.looseTypes, ...rules.sqlWords], always));
    none(rules.importsOf('src/people/x.ts', text).map(({ to }) => to));
  });
});

function none(found: readonly string[]): void {
  if (found.length > 0) assert.fail(`${found.length} found:\n${found.join('\n')}`);
}

function isPure(path: string): boolean {
  return PURE.includes(rules.roomOf(path));
}

function inDb(path: string): boolean {
  return rules.roomOf(path) === 'db';
}

function inSdk(path: string): boolean {
  return rules.roomOf(path) === 'sdk';
}

function inWeb(path: string): boolean {
  return rules.roomOf(path) === 'web';
}

function mayNameKnex(path: string): boolean {
  return path.endsWith('/store.ts') || path === 'src/compose.ts' || path.startsWith('migrations/');
}

function maySpeakSql(path: string): boolean {
  return path.endsWith('/store.ts') || inDb(path) || path.startsWith('migrations/');
}

function filesBelow(folder: string): [path: string, text: string][] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(path) ? [[path, readFileSync(join(root, path), 'utf8')] as [string, string]] : [];
  });
}
