// `npm run screenshots`: takes the pictures of the README anew, with the tests' own phone and till.
// `npm run screenshots -- tour`: takes every screen in every language, three sizes, light and dark, for people to look
// at, and says what does not fit; `-- tour de wallet` takes a part of it.

import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { endLike, run } from './child.mjs';
import { compiledFrom, compileTests } from './compile-tests.mjs';
import { giveUp, prepare, root } from './prepare.mjs';

await prepare();
await compileTests();
const browser = await findBrowser();
if (browser === null)
  giveUp('Pictures need Chromium. Install it, or set CHROMIUM_PATH to a Chromium or Chrome.');
const [what, ...words] = process.argv.slice(2);
const program = what === 'tour' ? 'tour' : 'take-screenshots';
const args = [join(root, compiledFrom(`test/pictures/${program}.ts`)), ...words];
await endLike(
  await run(process.execPath, args, { cwd: root, env: { ...process.env, CHROMIUM_PATH: browser } }),
);
