import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { contract } from '../src/contract.ts';
import type { Endpoint } from '../src/http/endpoint.ts';
import { root } from './support/checkout.ts';

const committed = readFileSync(join(root, 'openapi.yaml'), 'utf8');

describe('openapi.yaml', () => {
  test('is what the contract prints', () => {
    const printed = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/print-openapi.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.ok(printed === committed, 'It is stale. Run `npm run openapi`.');
  });

  test('describes every tag', () => {
    const undescribed = parse(committed).tags.filter((tag: { description?: string }) => !tag.description);
    assert.deepEqual(undescribed, []);
  });
});

describe('in the contract', () => {
  test('every operation id is unique', () => unique(contract.map(({ id }) => id)));

  test('every method of a path is unique', () =>
    unique(contract.map(({ method, path }) => `${method} ${path}`)));

  each('has a caller rule', ({ caller }) => {
    assert.ok(Object.values(caller).some(Boolean));
  });

  each('has a body limit or no body', ({ body }) => {
    assert.ok(body === undefined || (Number.isInteger(body.limit) && body.limit > 0));
  });

  each('has a body only where the method may have one', ({ method, body }) => {
    assert.ok(body === undefined || ['post', 'put', 'patch'].includes(method));
  });

  each('says what every part of its path is', ({ path, params }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.deepEqual(Object.keys(params?.shape ?? {}).sort(), named.sort());
  });

  each('has a summary of one line without a full stop', ({ summary }) => {
    assert.match(summary, /^[^\n]{4,110}[^.\n]$/);
  });

  each('succeeds in some way, and leaves refusals to its faults', ({ replies }) => {
    const statuses = Object.keys(replies).map(Number);
    assert.ok(statuses.some((status) => status < 300) && statuses.every((status) => status < 400));
  });

  each('has examples that fit their schemas', ({ body, replies }) => {
    for (const { schema, example } of [...(body ? [body] : []), ...Object.values(replies)]) {
      if (example !== undefined) assert.deepEqual(schema?.safeParse(example).error?.issues ?? [], []);
    }
  });
});

function each(rule: string, holds: (endpoint: Endpoint) => void): void {
  for (const endpoint of contract) test(`${endpoint.id} ${rule}`, () => holds(endpoint));
}

function unique(names: readonly string[]): void {
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
}
