import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { Secret } from '../../src/kernel/secret.ts';

const VALUE = 'the-launch-code';
const secret = new Secret(VALUE);

test('a secret is given out when asked', () => assert.equal(secret.reveal(), VALUE));

test('no way of printing gives it out', () => {
  const printed = {
    String: String(secret),
    template: `${secret}`,
    joined: ['a', secret].join(),
    JSON: JSON.stringify(secret),
    'JSON inside': JSON.stringify({ deep: [{ secret }] }),
    inspect: inspect(secret),
    'inspect inside': inspect({ deep: [{ secret }], map: new Map([['key', secret]]) }, { depth: 9 }),
    'inspect with everything': inspect(secret, { showHidden: true, customInspect: false, depth: 9 }),
    format: format('%s %o %O %j %d', secret, secret, secret, secret, secret),
    error: inspect(new Error(`cannot use ${secret}`, { cause: secret })),
    'error message': new Error(secret as unknown as string).message,
    keys: Object.keys(secret).join(),
    values: Object.getOwnPropertyNames(secret).join(),
    copy: JSON.stringify({ ...secret }),
    clone: inspect(structuredClone(secret)),
  };
  for (const [how, text] of Object.entries(printed)) assert.ok(!text.includes(VALUE), how);
  assert.equal(printed.String, '[secret]');
  assert.equal(printed.JSON, '"[secret]"');
  assert.equal(printed.inspect, '[secret]');
});

test('bytes are as secret as texts', () => {
  const bytes = new Secret(Uint8Array.of(171, 205, 239));
  assert.equal(inspect(bytes, { showHidden: true }), '[secret]');
  assert.equal(JSON.stringify({ bytes }), '{"bytes":"[secret]"}');
});
