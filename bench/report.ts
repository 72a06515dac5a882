/** Prints the Markdown table of the last run, for docs/benchmarks.md. */

import { readResults } from './support/results.ts';
import { markdownTable } from './support/table.ts';

process.stdout.write(`${markdownTable(readResults())}\n`);
