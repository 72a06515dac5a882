import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SCOPES } from '../../../src/http/caller.ts';
import type { Id } from '../../../src/kernel/ids.ts';
import { SCOPES_OF } from '../../../src/officers/officer.ts';
import { hrefOf, partsOf, type Route, routeFor, setupTokenIn } from '../../../src/web/admin/route.ts';

const owner = { scopes: [...SCOPES] };
const auditor = { scopes: [...SCOPES_OF.auditor] };
const person = 'per_01kbx3tq8g0003ahqz6dmv29gq' as Id<'person'>;
const retailer = 'ret_01kbx3tq8g0003ahqz6dmv29gq' as Id<'retailer'>;

describe('a place in the console', () => {
  const places: readonly Route[] = [
    { at: 'people', panel: null },
    { at: 'people', panel: 'new' },
    { at: 'people', panel: person },
    { at: 'tills', retailer: null },
    { at: 'tills', retailer },
    { at: 'reports' },
  ];
  for (const place of places) {
    test(`is found again at ${hrefOf(place)}`, () => assert.deepEqual(routeFor(hrefOf(place), owner), place));
  }

  for (const hash of ['', '#', '#elsewhere', '#setup=abc']) {
    test(`is the first part where the address says "${hash}"`, () =>
      assert.deepEqual(routeFor(hash, owner), { at: 'people', panel: null }));
  }

  test('is the list where the address names what is no id', () => {
    assert.deepEqual(routeFor('#people/Ada', owner), { at: 'people', panel: null });
    assert.deepEqual(routeFor(`#tills/${person}`, owner), { at: 'tills', retailer: null });
  });

  test('is one that the role may see', () => {
    for (const hash of ['#people', '#people/new', `#people/${person}`]) {
      assert.deepEqual(routeFor(hash, auditor), { at: 'tills', retailer: null }, hash);
    }
    assert.deepEqual(
      partsOf(auditor).map(({ at }) => at),
      ['tills', 'reports'],
    );
  });

  test('is not the entry of a new person for somebody who only reads', () => {
    assert.deepEqual(routeFor('#people/new', { scopes: ['people:read'] }), { at: 'people', panel: null });
  });

  test('is none for a role that may see nothing here', () => {
    assert.equal(routeFor('#people', { scopes: ['audit:read'] }), null);
  });
});

describe('a set-up link', () => {
  test('holds its token behind the #', () => assert.equal(setupTokenIn('#setup=Ab_-9'), 'Ab_-9'));
  for (const hash of ['', '#setup=', '#setup=a b', '#setup=a&x=1', '#people', `#setup=${'a'.repeat(129)}`]) {
    test(`is not "${hash.slice(0, 20)}"`, () => assert.equal(setupTokenIn(hash), null));
  }
});
