// `npm start` and `npm run demo`: prepares the checkout, then runs one command of the service in this terminal.

import { join } from 'node:path';
import { endLike, run } from './child.mjs';
import { prepare, root } from './prepare.mjs';

await prepare();

const leash = new URL('leash.mjs', import.meta.url).href;
const main = join(root, 'dist/src/main.js');
await endLike(
  await run(process.execPath, ['--import', leash, main, ...process.argv.slice(2)], { leash: true }),
);
