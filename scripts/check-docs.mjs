// Checks what a reader would trip over: links that lead nowhere, JSON that does not parse, commands that do not
// exist, and a change log that has grown into prose.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow, root } from './prepare.mjs';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
const LONGEST_CHANGE = 160;
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const pages = [...PAGES.filter((page) => existsSync(join(root, page))), ...filesBelow('docs')].filter(
  (path) => path.endsWith('.md'),
);
const problems = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const found = [
    ...links(page, text),
    ...json(text),
    ...commands(text),
    ...(page === 'CHANGELOG.md' ? changes(text) : []),
  ];
  return found.map((problem) => `${page}:${problem}`);
});

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${pages.length} pages checked, ${problems.length} problems.\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function links(page, text) {
  const prose = withoutCode(text);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...prose.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  const html = [...prose.matchAll(/\b(?:src|href)="([^"]+)"/g)];
  return [...inline, ...named, ...html]
    .filter(([, target]) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .filter(([, target]) => !resolves(page, target))
    .map((match) => `${lineOf(prose, match.index)}: the link ${match[1]} leads nowhere`);
}

function resolves(page, target) {
  const [path = '', anchor] = target.split('#');
  const file =
    path === '' ? join(root, page) : join(root, path.startsWith('/') ? '.' : dirname(page), decodeURI(path));
  // A link out of the checkout works on one machine only.
  if (relative(root, file).startsWith('..') || !existsSync(file)) return false;
  if (anchor === undefined || !file.endsWith('.md') || !statSync(file).isFile()) return true;
  return anchors(readFileSync(file, 'utf8')).has(anchor);
}

/** The names that repository hosts give to headings; a heading that comes twice gets a number. */
function anchors(text) {
  const seen = new Map();
  const names = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map((match) => match[1]));
  for (const [, heading] of withoutBlocks(text).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const name = words.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    names.add(times === 0 ? name : `${name}-${times}`);
  }
  return names;
}

function json(text) {
  return [...text.matchAll(/^([ \t]*)```json\b.*\n([\s\S]*?)^\1```/gm)].flatMap((match) => {
    try {
      JSON.parse(match[2]);
      return [];
    } catch (error) {
      return [`${lineOf(text, match.index)}: the JSON does not parse: ${error.message}`];
    }
  });
}

/** `npm start`, `npm test` and `npm run X`, wherever they stand: in prose, in a block, in a table. */
function commands(text) {
  return [...text.matchAll(/\bnpm (?:run (?=[a-z])|(?=(?:start|test)\b))([\w:-]+)/g)]
    .filter(([, name]) => !(name in scripts))
    .map((match) => `${lineOf(text, match.index)}: there is no command \`${match[0]}\``);
}

function changes(text) {
  return text
    .split('\n')
    .flatMap((line, i) =>
      line.length > LONGEST_CHANGE
        ? [`${i + 1}: a change is one line of at most ${LONGEST_CHANGE} characters`]
        : [],
    );
}

function withoutBlocks(text) {
  return text.replace(/^([ \t]*)```[\s\S]*?^\1```/gm, blanked);
}

function withoutCode(text) {
  return withoutBlocks(text).replace(/`[^`\n]*`/g, blanked);
}

function blanked(code) {
  return code.replace(/[^\n]/g, ' ');
}

function lineOf(text, index) {
  return text.slice(0, index).split('\n').length;
}
