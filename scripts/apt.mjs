// Installs what tests look at the program with, where that can be done without asking anybody.

import { accessSync, constants } from 'node:fs';
import { endLike, run } from './child.mjs';

const APT = '/usr/bin/apt-get';
const PATIENCE = ['Acquire::Retries=1', 'Acquire::http::Timeout=30', 'DPkg::Lock::Timeout=60'];

/** Whether there is a program of this path that may be run. */
export function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs the first of these packages that there is: as root on a system with apt-get, and nowhere else. Says what it
 * does, and answers whether it did. A failure skips tests, no more.
 */
export async function installOneOf(packages, what) {
  if (process.getuid?.() !== 0 || !runs(APT)) return false;
  process.stderr.write(`Installing ${what} … `);
  await apt('update');
  let last;
  for (const name of packages) {
    last = await apt('install', '-y', '--no-install-recommends', name);
    if (last.code === 0) break;
  }
  const why = last.output.trimEnd().split('\n').slice(-3).join('\n');
  process.stderr.write(last.code === 0 ? 'done\n' : `failed\n${why}\n`);
  return last.code === 0;
}

async function apt(...command) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = PATIENCE.flatMap((option) => ['-o', option]);
  const result = await run(APT, [...patience, ...command], { quiet: true, env });
  if (result.asked !== null) await endLike({ code: null, signal: result.asked });
  return result;
}
