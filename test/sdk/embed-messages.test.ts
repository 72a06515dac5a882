import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readOpening, readToTerminal, readToTill } from '../../src/sdk/embed-messages.ts';

const TOKEN = `cp_live_${'a'.repeat(46)}`;
const OPEN = { counterproof: 1, type: 'open', token: TOKEN };
const ASK = { type: 'ask', id: '7', policies: ['alcohol', 'alcohol.beer'], reference: 'receipt 2231' };

/** What structured cloning can bring: values without behaviour, also such as JSON does not know. */
const cloned = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
});

describe('a message between a web till and the terminal in its frame', () => {
  test('is read for what it is', () => {
    assert.equal(readOpening(OPEN), TOKEN);
    assert.deepEqual(readToTerminal(ASK), ASK);
    const { reference: _none, ...bare } = ASK;
    assert.deepEqual(readToTerminal({ ...bare, reference: undefined }), bare);
    assert.deepEqual(readToTerminal({ type: 'token', digits: '9000' }), { type: 'token', digits: '9000' });
    for (const type of ['clear', 'close']) assert.deepEqual(readToTerminal({ type, more: 1 }), { type });
    const ended = { type: 'ended', why: 'over' };
    const result = { type: 'result', id: '7', answer: { outcome: 'approved' } };
    const opened = { type: 'opened', terminal: { id: 'ter_1', name: 'Till' }, retailer: {}, live: true };
    for (const said of [ended, result, opened]) assert.deepEqual(readToTill(said), said);
  });

  for (const [what, changed] of Object.entries({
    'another version': { counterproof: 2 },
    'no mark': { counterproof: undefined },
    'another type': { type: 'hello' },
    'no token': { token: undefined },
    "an officer's key": { token: `cp_admin_${'a'.repeat(46)}` },
    'a token that would not fit a header': { token: 'cp_live_a\nb' },
    'a token without end': { token: `cp_live_${'a'.repeat(300)}` },
  })) {
    test(`opens nothing with ${what}`, () => assert.equal(readOpening({ ...OPEN, ...changed }), null));
  }

  for (const [what, changed] of Object.entries({
    'no id': { id: undefined },
    'an empty id': { id: '' },
    'an id without end': { id: '1'.repeat(65) },
    'no policies': { policies: [] },
    'policies that are no list': { policies: 'alcohol' },
    'a policy that is no name': { policies: ['alcohol', 'Alcohol!'] },
    'a hole among the policies': { policies: Object.assign(['alcohol'], { length: 2 }) },
    'too many policies': { policies: Array(21).fill('alcohol') },
    'a reference that is no text': { reference: 7 },
    'an empty reference': { reference: '  ' },
    'a reference of more than a line': { reference: 'receipt\n2231' },
    'a reference without end': { reference: 'r'.repeat(201) },
  })) {
    test(`asks nothing with ${what}`, () => assert.equal(readToTerminal({ ...ASK, ...changed }), null));
  }

  test('that is none is nothing, whatever it is, and nobody stumbles over it', () => {
    fc.assert(
      fc.property(cloned, (data) => {
        assert.equal(readOpening(data), null);
        assert.equal(readToTerminal(data), null);
        assert.equal(readToTill(data), null);
      }),
      { seed: 20_261_125 },
    );
  });

  test('that was spoilt is nothing or one that the service takes', () => {
    const spoilt = fc.record(
      {
        type: fc.constantFrom('ask', 'token', 'clear', 'close'),
        id: fc.oneof(fc.string(), cloned),
        policies: fc.oneof(fc.array(fc.constantFrom('alcohol', 'x y', '')), cloned),
        reference: fc.oneof(fc.string(), cloned),
        digits: fc.oneof(fc.string(), cloned),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(spoilt, (data) => {
        const said = readToTerminal(data);
        if (said?.type === 'token') assert.ok(said.digits.length > 0);
        if (said?.type !== 'ask') return;
        assert.ok(said.policies.length > 0 && said.policies.every((one) => one === 'alcohol'));
        if (said.reference !== undefined) assert.match(said.reference, /^\P{Cc}{1,200}$/u);
      }),
      { seed: 20_261_125 },
    );
  });
});
