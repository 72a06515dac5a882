import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { type Config, ConfigError, readConfig } from '../src/config.ts';

const FILES = {
  path: (path: string, folder: string) => `${folder || '/home'}/${path}`,
  fileUrl: (path: string, folder: string) => `file://${folder}/${path}`,
  read: (path: string) => `  the token in ${path}\n`,
};

/** One good example of production. */
const GOOD = { PUBLIC_URL: 'https://id.example' };

function read(environment: Record<string, string | undefined>, sandbox = false): Config {
  return readConfig({ ...GOOD, ...environment }, sandbox, FILES);
}

function problems(environment: Record<string, string | undefined>, sandbox = false): readonly string[] {
  try {
    read(environment, sandbox);
    return [];
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigError, String(thrown));
    assert.equal(thrown.message, thrown.problems.join('\n'));
    return thrown.problems;
  }
}

/** The names that the problems begin with. */
function blamed(environment: Record<string, string | undefined>, sandbox = false): readonly string[] {
  return problems(environment, sandbox).map((line) => line.split(' ')[0] ?? '');
}

test('a sandbox needs no settings at all', () => {
  const config = readConfig({}, true, FILES);
  assert.equal(config.publicUrl, 'http://localhost:3000');
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 3000);
  assert.equal(config.webTillPort, null);
  assert.equal(config.metricsToken, null);
  assert.deepEqual(config.jurisdiction, { code: 'GB', timeZone: 'Europe/London', leap: '03-01' });
  assert.ok(config.vocabulary.ages.includes(18) && config.vocabulary.statuses.includes('student'));
});

test('files lie under the data folder, unless they are put elsewhere', () => {
  const config = read({ DATA_DIR: 'd' });
  assert.equal(config.dataDir, '/home/d');
  assert.equal(config.databaseUrl, 'file:///home/d/counterproof.sqlite');
  assert.equal(config.masterKeyFile, '/home/d/master.key');
  assert.equal(read({ DATABASE_URL: 'file:///db' }).databaseUrl, 'file:///db');
  assert.equal(read({ DATABASE_URL: 'postgres://u:p@h/db' }).databaseUrl, 'postgres://u:p@h/db');
  assert.equal(read({ MASTER_KEY_FILE: '/run/key' }).masterKeyFile, '/run/key');
});

test('every problem is told at once, each by the name of its setting', () => {
  const broken = {
    PORT: '70000',
    PUBLIC_URL: 'http://id.example/path',
    DATABASE_URL: 'mysql://user@host/db',
    METRICS_TOKEN: 'short',
    LOG_LEVEL: 'loud',
    AGES: '18,many',
    STATUSES: 'Student',
    JURISDICTION: 'gb',
    TIME_ZONE: 'Mars/Olympus',
    LEAP_BIRTHDAY: '02-29',
    CREDENTIAL_DAYS: '0',
    TERMINAL_RATE: '1.5',
    TRUSTED_PROXIES: '-1',
  };
  assert.deepEqual([...new Set(blamed(broken))].sort(), Object.keys(broken).sort());
  assert.equal(blamed(broken).filter((name) => name === 'PUBLIC_URL').length, 2);
});

test('each wrong setting is a problem by itself', () => {
  for (const [name, value] of [
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'id.example'],
    ['PUBLIC_URL', 'ftp://id.example'],
    ['DATABASE_URL', 'sqlite.db'],
    ['METRICS_TOKEN', 'fifteen letters'],
    ['AGES', '18,,21'],
    ['AGES', '118'],
    ['AGES', '08'],
    ['AGES', '1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17'],
    ['STATUSES', 'student;nurse'],
    ['JURISDICTION', 'GBR'],
    ['CREDENTIAL_DAYS', '91'],
    ['COPY_RATE', '0'],
  ] as const) {
    assert.deepEqual(blamed({ [name]: value }), [name], `${name}=${value}`);
  }
});

test('no problem repeats a value', () => {
  const names = ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'LOG_LEVEL', 'AGES', 'STATUSES', 'JURISDICTION'];
  const more = ['TIME_ZONE', 'LEAP_BIRTHDAY', 'CREDENTIAL_DAYS', 'TERMINAL_RATE', 'TRUSTED_PROXIES'];
  const secrets = fc.string({ unit: fc.constantFrom(...'QXZ§'), minLength: 8, maxLength: 15 });
  fc.assert(
    fc.property(secrets, (secret) => {
      const all = [...names, ...more, 'METRICS_TOKEN'].map((name) => [name, secret.slice(0, 15)]);
      const told = problems(Object.fromEntries(all));
      assert.equal(told.length, all.length);
      assert.ok(!told.join().includes(secret));
      const inUrl = problems({ PUBLIC_URL: `http://user:${secret}@id.example/${secret}?${secret}` });
      assert.equal(inUrl.length, 2);
      assert.ok(!inUrl.join().includes(secret));
    }),
  );
});

test('a sandbox may be reached over plain HTTP', () => {
  assert.equal(read({ PUBLIC_URL: 'http://id.example' }, true).publicUrl, 'http://id.example');
});

test('production is reached over HTTPS, or from this machine only', () => {
  assert.deepEqual(problems({ PUBLIC_URL: 'http://id.example' }), [
    'PUBLIC_URL has to be https, except on this machine itself',
  ]);
  for (const near of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
    assert.equal(read({ PUBLIC_URL: near }).publicUrl, near);
  }
  for (const far of ['http://localhost.example', 'http://10.0.0.1', 'http://127.0.0.1.example']) {
    assert.deepEqual(blamed({ PUBLIC_URL: far }), ['PUBLIC_URL'], far);
  }
});

test('the public address is an origin: no path, query, fragment, user or password', () => {
  for (const rest of [
    'id.example/x',
    'id.example/?a=b',
    'id.example/#x',
    'me@id.example',
    ':pw@id.example',
  ]) {
    for (const sandbox of [true, false]) {
      assert.deepEqual(
        problems({ PUBLIC_URL: `https://${rest}` }, sandbox),
        ['PUBLIC_URL has to be an origin, with no path, query or user'],
        rest,
      );
    }
  }
});

test('one address has one spelling, since credentials name their issuer by it', () => {
  for (const spelled of [
    'https://id.example',
    'https://id.example/',
    'https://id.example//',
    'https://id.example:443',
    'HTTPS://ID.Example',
    ' https://id.example ',
    'https://id.example/?',
  ]) {
    assert.equal(read({ PUBLIC_URL: spelled }).publicUrl, 'https://id.example', spelled);
  }
  assert.equal(read({ PUBLIC_URL: 'https://id.example:8443/' }).publicUrl, 'https://id.example:8443');
});

test('the metrics token is read from a file, without the line end', () => {
  const token = read({ METRICS_TOKEN_FILE: '/run/token' }).metricsToken;
  assert.equal(token?.reveal(), 'the token in /run/token');
  assert.equal(read({ METRICS_TOKEN: 'a token of letters' }).metricsToken?.reveal(), 'a token of letters');
});

test('a token file that cannot be read is a problem beside the others', () => {
  const read = (): string => {
    throw new Error('ENOENT: /run/secret-place');
  };
  assert.throws(
    () =>
      readConfig({ ...GOOD, METRICS_TOKEN_FILE: '/run/secret-place', PORT: 'x' }, false, { ...FILES, read }),
    (thrown) => {
      assert.ok(thrown instanceof ConfigError);
      assert.deepEqual([...thrown.problems].sort(), [
        'METRICS_TOKEN_FILE cannot be read',
        'PORT is of the wrong type',
      ]);
      return true;
    },
  );
});

test('a token file with too short a token is refused like the token itself', () => {
  const read = () => 'short\n';
  assert.throws(() => readConfig({ ...GOOD, METRICS_TOKEN_FILE: 'f' }, false, { ...FILES, read }), {
    message: 'METRICS_TOKEN is too small',
  });
});

test('the metrics token is printed nowhere', () => {
  const config = read({ METRICS_TOKEN: 'a token of letters' });
  assert.doesNotMatch(inspect(config, { depth: 9 }) + JSON.stringify(config), /a token of letters/);
});

test('a setting that is empty counts as absent', () => {
  assert.deepEqual(read({ PORT: '', METRICS_TOKEN: '', AGES: '', METRICS_TOKEN_FILE: '' }), read({}));
});

test('lists are parted by commas, with or without spaces', () => {
  const { vocabulary } = read({ AGES: '18, 23', STATUSES: 'nurse ,student' });
  assert.deepEqual(vocabulary, { ages: [18, 23], statuses: ['nurse', 'student'] });
});

test('what was read does not change any more', () => {
  assert.ok(Object.isFrozen(read({})));
});
