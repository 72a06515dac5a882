import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SCOPES } from '../../../src/http/caller.ts';
import type { Id } from '../../../src/kernel/ids.ts';
import { SCOPES_OF } from '../../../src/officers/officer.ts';
import { hrefOf, partsOf, type Route, routeFor, setupTokenIn, tabsOf } from '../../../src/web/admin/route.ts';

const owner = { scopes: [...SCOPES] };
const issuer = { scopes: [...SCOPES_OF.issuer] };
const auditor = { scopes: [...SCOPES_OF.auditor] };
const person = 'per_01kbx3tq8g0003ahqz6dmv29gq' as Id<'person'>;
const retailer = 'ret_01kbx3tq8g0003ahqz6dmv29gq' as Id<'retailer'>;

describe('a place in the console', () => {
  const places: readonly Route[] = [
    { at: 'people', panel: null },
    { at: 'people', panel: 'new' },
    { at: 'people', panel: person },
    { at: 'tills', retailer: null },
    { at: 'tills', retailer: 'new' },
    { at: 'tills', retailer },
    { at: 'policies', policy: null },
    { at: 'policies', policy: 'alcohol.beer' },
    { at: 'reports' },
    { at: 'log' },
    { at: 'settings', tab: 'staff' },
    { at: 'settings', tab: 'keys' },
    { at: 'settings', tab: 'service' },
    { at: 'settings', tab: 'you' },
    { at: 'overview' },
  ];
  for (const place of places) {
    test(`is found again at ${hrefOf(place)}`, () => assert.deepEqual(routeFor(hrefOf(place), owner), place));
  }

  for (const hash of ['', '#', '#elsewhere', '#setup=abc']) {
    test(`is the first part where the address says "${hash}"`, () =>
      assert.deepEqual(routeFor(hash, owner), { at: 'overview' }));
  }

  test('is the list where the address names what is no id', () => {
    assert.deepEqual(routeFor('#people/Ada', owner), { at: 'people', panel: null });
    assert.deepEqual(routeFor(`#tills/${person}`, owner), { at: 'tills', retailer: null });
  });

  test('is one that the role may see', () => {
    for (const hash of ['#people', '#people/new', `#people/${person}`, '#tills/new']) {
      assert.deepEqual(routeFor(hash, auditor), { at: 'overview' }, hash);
    }
    assert.deepEqual(routeFor('#log', issuer), { at: 'overview' });
    assert.deepEqual(
      [issuer, auditor].map((role) => partsOf(role).map(({ at }) => at)),
      [
        ['overview', 'people', 'tills', 'policies', 'reports', 'settings'],
        ['overview', 'tills', 'policies', 'reports', 'log', 'settings'],
      ],
    );
  });

  test('is a part of the settings that the role may see', () => {
    assert.deepEqual([owner, issuer, auditor].map(tabsOf), [
      ['staff', 'keys', 'service', 'you'],
      ['you'],
      ['keys', 'you'],
    ]);
    assert.deepEqual(routeFor('#settings/staff', issuer), { at: 'settings', tab: 'you' });
    assert.deepEqual(routeFor('#settings', owner), { at: 'settings', tab: 'staff' });
  });

  test('is not the entry of somebody or something new for whoever only reads', () => {
    assert.deepEqual(routeFor('#people/new', { scopes: ['people:read'] }), { at: 'people', panel: null });
    assert.deepEqual(routeFor('#tills/new', { scopes: ['retailers:read'] }), { at: 'tills', retailer: null });
  });

  test('is oneself for a role that may see nothing else', () => {
    assert.deepEqual(routeFor('#people', { scopes: [] }), { at: 'settings', tab: 'you' });
  });
});

describe('a set-up link', () => {
  test('holds its token behind the #', () => assert.equal(setupTokenIn('#setup=Ab_-9'), 'Ab_-9'));
  for (const hash of ['', '#setup=', '#setup=a b', '#setup=a&x=1', '#people', `#setup=${'a'.repeat(129)}`]) {
    test(`is not "${hash.slice(0, 20)}"`, () => assert.equal(setupTokenIn(hash), null));
  }
});
