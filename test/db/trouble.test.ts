import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lostRace, troubleOf } from '../../src/db/trouble.ts';
import { Fault } from '../../src/kernel/fault.ts';

function withCode(code: unknown): Error {
  return Object.assign(new Error('trouble'), { code });
}

for (const [code, what] of [
  ['SQLITE_BUSY', 'somebody else is writing'],
  ['SQLITE_FULL', 'the disk is full'],
  ['ECONNREFUSED', 'nobody listens'],
  ['57P01', 'PostgreSQL is stopping'],
  ['57P03', 'PostgreSQL is starting'],
  ['57014', 'a statement took too long'],
  ['55P03', 'somebody else holds a row'],
  ['53300', 'there are too many connections'],
  ['53100', 'the disk of PostgreSQL is full'],
  ['08006', 'a connection broke'],
  ['28P01', 'the password is wrong'],
  ['40P01', 'two transactions wait for each other'],
] as const) {
  test(`${code} is trouble of the database: ${what}`, () => {
    assert.equal(troubleOf(withCode(code)), code);
  });
}

for (const message of [
  'Connection terminated unexpectedly',
  'timeout expired',
  'insert into "settings" ("name") values (\'a - b\') - Connection terminated unexpectedly',
  'ROLLBACK - Client has encountered a connection error and is not queryable',
  'Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?',
]) {
  test(`so is "${message.slice(0, 40)}", which comes without a code`, () => {
    assert.equal(troubleOf(new Error(message)), 'no_connection');
  });
}

for (const [name, thrown] of [
  ['a bug', new TypeError('x is not a function')],
  ['a fault', new Fault('not_found', 'There is nothing here.')],
  ['a row that is there already', withCode('23505')],
  ['a statement that is wrong', withCode('42601')],
  ['a constraint of SQLite', withCode('SQLITE_CONSTRAINT')],
  ['a statement in which it is somebody’s word', new Error("select 'x - timeout expired' - no such column")],
  ['a code that is no text', withCode(8_006)],
  ['a text', '57P01'],
  ['nothing', undefined],
] as const) {
  test(`${name} is none`, () => {
    assert.equal(troubleOf(thrown), null);
  });
}

test('work is run again after a deadlock or a failed serialization, and after nothing else', () => {
  assert.equal(lostRace(withCode('40P01')), true);
  assert.equal(lostRace(withCode('40001')), true);
  assert.equal(lostRace(withCode('57P01')), false);
});
