// Checks openapi.yaml: that it is what the contract prints today, and that it is a sound OpenAPI document.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { giveUp, root } from './prepare.mjs';

const committed = join(root, 'openapi.yaml');
const here = { cwd: root };

const printed = await run(process.execPath, ['--import', 'tsx', 'scripts/print-openapi.ts'], {
  ...here,
  quiet: true,
});
if (printed.code !== 0) giveUp(`${printed.output}\nThe contract could not be printed.`);
const text = existsSync(committed) ? readFileSync(committed, 'utf8') : '';
if (printed.output !== text) {
  giveUp(
    `openapi.yaml is stale: ${firstDifference(text, printed.output)}\nRun \`npm run openapi\` and commit what it wrote.`,
  );
}

// The linter would otherwise ask its registry for news and report that it was used.
const silence = {
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  REDOCLY_SUPPRESS_NOTIFICATIONS: 'true',
};
const linter = join(root, 'node_modules/@redocly/cli/bin/cli.js');
const linted = await run(process.execPath, [linter, 'lint', 'openapi.yaml'], {
  ...here,
  quiet: true,
  env: { ...process.env, ...silence },
});
// A warning is a problem that will be ignored from then on, so there are none.
const warned = /\b[1-9]\d* warnings?\b/.test(linted.output);
if (linted.code !== 0 || warned) giveUp(linted.output.trim());
process.stdout.write('openapi.yaml says what the contract says, and is sound.\n');

function firstDifference(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = now.findIndex((line, i) => line !== old[i]);
  const line = at === -1 ? now.length : at;
  return `line ${line + 1} is ${JSON.stringify(old[line] ?? '')}, the contract says ${JSON.stringify(now[line] ?? '')}.`;
}
