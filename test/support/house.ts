/**
 * The house rules as functions of text: a tree of files goes in, one line for each breach comes out, `from -> to`
 * or `path:line what`. Text is enough for them, so they need no compiler and can be tried on made-up trees.
 */
import { posix } from 'node:path';

/** Paths from the root of the checkout, with forward slashes, and what the files hold. */
export type Tree = ReadonlyMap<string, string>;

export type House = {
  /** From the ground up. A room is a folder of `src/`, a file directly in it, or `migrations`. */
  readonly floors: readonly (readonly string[])[];
  /** Rooms that may use these and nothing else. `endpoints` stands for the `endpoints.ts` of any room. */
  readonly mayUse: Readonly<Record<string, readonly string[]>>;
  /** Rooms of one floor without a wall between them. */
  readonly halls: readonly (readonly string[])[];
  /** Imports between rooms of one floor that are allowed for a reason. */
  readonly sideDoors: readonly (readonly [from: string, to: string])[];
};

export type Import = {
  readonly from: string;
  /** A path of the tree for a relative import, else the package as it is written. */
  readonly to: string;
  readonly typeOnly: boolean;
};

/** What must not stand in the code, and the name under which a breach is told. */
export type Ban = readonly [what: string, pattern: RegExp];

export const clockChanceAndEnvironment: readonly Ban[] = [
  ['reads the clock', /\bnew Date\(\s*\)|(?<![\w$])Date\.now\b|\bTemporal\.Now\b/],
  ['takes chance', /\bMath\.random\b/],
  ['takes chance', /\b(?:crypto|webcrypto)\.(?:randomBytes|randomInt|randomUUID|getRandomValues)\b/],
  [
    'takes chance',
    /\bimport\s*\{[^}]*\b(?:randomBytes|randomFill|randomFillSync|randomInt|randomUUID)\b[^}]*\}/,
  ],
  ['reads the environment', /(?<![\w$.])process\.env\b/],
];

/** What browsers lack. */
export const whatIsNodes: readonly Ban[] = [
  ['uses process', /(?<![\w$.])process\s*[.[]/],
  // `Buffer?:` is the type of what may be missing: to use it where it is there is to do without it elsewhere.
  ['uses Buffer', /(?<![\w$.])Buffer\b(?!\?:)/],
];

/** What is pure runs in browsers too. */
export const whatIsNotPure: readonly Ban[] = [...clockChanceAndEnvironment, ...whatIsNodes];

export const sqlWords: readonly Ban[] = [['speaks SQL', /(?<!\bexpress)\.(?:select|insert|where|raw)\(/]];

export const looseTypes: readonly Ban[] = [
  ['any', /(?:[:<|&,(=]|\bas\b|\bkeyof\b)\s*any\b(?!\s*[:(.?])/],
  ['as unknown as', /\bas\s+unknown\s+as\b/],
  ['enum', /\benum\s+[A-Za-z_$]/],
  ['non-null assertion', /[\w$)\]]!(?!=)/],
  ['default export', /\bexport\s+default\b|\bas\s+default\s*[,}]/],
];

/** Every import and re-export of a file, also the dynamic ones. */
export function importsOf(path: string, text: string): Import[] {
  const code = codeOf(text);
  const clause = String.raw`(type\s+)?(?:[\w$]+\s*,\s*)?(?:\*(?:\s+as\s+[\w$]+)?|[\w$]+|\{([^{}]*)\})\s*from\s*`;
  const statement = new RegExp(
    String.raw`\b(?:import\s*\(\s*|(?:import|export)\s+(?:${clause})?)(['"])( *)\3`,
    'gd',
  );
  return [...code.matchAll(statement)].map((match) => {
    const [start, end] = match.indices?.[4] ?? [0, 0];
    const named = match[2]?.split(',').filter((name) => name.trim() !== '') ?? [];
    const typeOnly =
      match[1] !== undefined || (named.length > 0 && named.every((name) => /^\s*type\s/.test(name)));
    return { from: path, to: resolved(path, text.slice(start, end)), typeOnly };
  });
}

/** Files that stand in no room of the table: a new room is a decision, so it is written down there. */
export function strangers(tree: Tree, house: House): string[] {
  return [...tree.keys()].filter((path) => floorOf(roomOf(path), house) === -1);
}

/** Imports that run up, or sideways without a door, or out of a room's own short list. */
export function upwardImports(tree: Tree, house: House): string[] {
  return importsIn(tree)
    .filter(({ to }) => tree.has(to))
    .filter(({ from, to }) => !mayImport(from, to, house))
    .map(arrow);
}

/** Circles of files, each told once. Types count too: two files that need each other are one thing in two places. */
export function circles(tree: Tree): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at !== -1) found.add(circleLine(trail.slice(at)));
    if (at !== -1 || done.has(path)) return;
    for (const { to } of importsOf(path, tree.get(path) ?? '')) if (tree.has(to)) walk(to, [...trail, path]);
    done.add(path);
  };
  for (const path of tree.keys()) walk(path, []);
  return [...found];
}

/** Imports of `target` (a path or a package and what lies below it) by a file that `allowed` does not let in. */
export function importsOnlyBy(tree: Tree, target: string, allowed: (one: Import) => boolean): string[] {
  return importsIn(tree)
    .filter(
      ({ to }) =>
        to === target || to.startsWith(`${target}/`) || (target === 'node:' && to.startsWith(target)),
    )
    .filter((one) => !allowed(one))
    .map(arrow);
}

/** Places where banned words stand in the code; comments and strings may say them. */
export function breaches(tree: Tree, bans: readonly Ban[], within: (path: string) => boolean): string[] {
  return [...tree]
    .filter(([path]) => within(path))
    .flatMap(([path, text]) => {
      const code = codeOf(text);
      return bans.flatMap(([what, pattern]) => {
        const everywhere = new RegExp(pattern.source, `${pattern.flags}g`);
        return [...code.matchAll(everywhere)].map((match) => `${path}:${lineAt(code, match.index)} ${what}`);
      });
    });
}

/** Files that hold nothing but names of other files. */
export function barrels(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) => {
    const code = codeOf(text);
    const rest = code
      .replace(/\b(?:import|export)\s+(?:type\s+)?[\w$*\s,{}]*?\bfrom\s*(['"]) *\1/g, '')
      .replace(/\bexport\s+(?:type\s+)?\{[^{}]*\}/g, '');
    return /\bexport\b/.test(code) && /^[\s;]*$/.test(rest) ? [path] : [];
  });
}

export function tooLong(tree: Tree, most: number): string[] {
  return [...tree]
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Work that was put off. It stands in comments, so here the whole text is read. */
export function unfinished(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) =>
    [...text.matchAll(/\b(?:TODO|FIXME)\b/g)].map(
      (match) => `${path}:${lineAt(text, match.index)} ${match[0]}`,
    ),
  );
}

/** The room a file stands in: `src/people/store.ts` in `people`, `src/app.ts` in `app.ts`. */
export function roomOf(path: string): string {
  return path.replace(/^src\//, '').split('/')[0] ?? '';
}

/**
 * The code alone: comments and the insides of strings, templates and patterns become spaces, so that every offset
 * and line stays where it was. Code inside `${}` stays code.
 */
export function codeOf(text: string): string {
  const templates: number[] = [];
  let code = '';
  let depth = 0;
  while (code.length < text.length) {
    const char = text.charAt(code.length);
    const inTemplate = char === '`' || (char === '}' && templates.at(-1) === depth);
    const token = TOKEN_STARTS.has(char) ? tokenAt(text, code, inTemplate) : null;
    if (inTemplate && token !== null) {
      if (char === '`' && token.endsWith('${')) templates.push(depth);
      if (char === '}' && token.endsWith('`')) templates.pop();
    } else if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    code += token === null ? char : hollow(token);
  }
  return code;
}

const TOKEN_STARTS = new Set('/\'"`}');
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const QUOTED = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const TEMPLATE = /[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
const PATTERN = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** After these a slash opens a pattern; after anything else it divides. */
const BEFORE_A_PATTERN = /(?:^|[(,=:[!&|?{};+*%~^-]|=>|\b(?:return|typeof|case|of|in))$/;

/** The comment, string, template or pattern that begins where the code so far ends. */
function tokenAt(text: string, code: string, inTemplate: boolean): string | null {
  const at = code.length;
  const quiet = matchAt(COMMENT, text, at) ?? matchAt(QUOTED, text, at);
  if (quiet !== null) return quiet;
  if (inTemplate) return matchAt(TEMPLATE, text, at);
  return text.charAt(at) === '/' && BEFORE_A_PATTERN.test(code.trimEnd()) ? matchAt(PATTERN, text, at) : null;
}

function matchAt(kind: RegExp, text: string, at: number): string | null {
  kind.lastIndex = at;
  return kind.exec(text)?.[0] ?? null;
}

function hollow(token: string): string {
  const spaces = token.replace(/[^\n]/g, ' ');
  if (/^\/[/*]/.test(token)) return spaces;
  const tail = token.endsWith('${') ? 2 : 1;
  return token[0] + spaces.slice(1, -tail) + token.slice(-tail);
}

function resolved(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

function importsIn(tree: Tree): Import[] {
  return [...tree].flatMap(([path, text]) => importsOf(path, text));
}

function mayImport(from: string, to: string, house: House): boolean {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return true;
  const own = house.mayUse[here];
  if (own) return own.includes(there) || (own.includes('endpoints') && to.endsWith('/endpoints.ts'));
  const [low, high] = [floorOf(there, house), floorOf(here, house)];
  // A room that the table lacks is told once, as a stranger, and not again for each of its imports.
  if (low !== high) return low < high || high === -1;
  if (house.halls.some((hall) => hall.includes(here) && hall.includes(there))) return true;
  return house.sideDoors.some(([a, b]) => a === here && b === there);
}

function floorOf(room: string, house: House): number {
  return house.floors.findIndex((floor) => floor.includes(room));
}

/** Begins with the first by name, whichever file the walk came from. */
function circleLine(circle: readonly string[]): string {
  const first = circle.indexOf([...circle].sort()[0] ?? '');
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, turned[0]].join(' -> ');
}

function arrow({ from, to }: Import): string {
  return `${from} -> ${to}`;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
