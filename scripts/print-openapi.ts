// Prints the contract as OpenAPI in YAML: `npm run openapi` writes it to openapi.yaml.

import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { contract } from '../src/contract.ts';
import { openApiDocument } from '../src/http/openapi.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const note =
  '# Printed from the contract (src/contract.ts) by `npm run openapi`. Change the contract, not this file.';
const text = stringify(openApiDocument(contract, { version }), {
  aliasDuplicateObjects: false,
  blockQuote: 'literal',
  // Readers of YAML 1.1 would take an unquoted day for a moment.
  compat: 'yaml-1.1',
  lineWidth: 100,
});
process.stdout.write(`${note}\n${text}`);
