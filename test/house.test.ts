import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as rules from './support/house.ts';
import { house, isPure, MOST_LINES, maySpeakSql, none } from './support/rooms.ts';

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
