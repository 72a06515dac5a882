import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Line } from './line.ts';

/** What the last run found. It is not committed. */
const FILE = resolve('bench/results.json');

export function writeResults(lines: readonly Line[]): void {
  writeFileSync(FILE, `${JSON.stringify(lines, null, 2)}\n`);
}

/** Throws if nothing was measured yet. */
export function readResults(): readonly Line[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as readonly Line[];
}
