// `npm run screenshots`: takes the pictures of the README anew, with the tests' own phone and till.

import { join } from 'node:path';
import { endLike, run } from './child.mjs';
import { compiledFrom, compileTests } from './compile-tests.mjs';
import { prepare, root } from './prepare.mjs';

await prepare();
await compileTests();
await endLike(
  await run(process.execPath, [join(root, compiledFrom('test/pictures/take-screenshots.ts'))], { cwd: root }),
);
