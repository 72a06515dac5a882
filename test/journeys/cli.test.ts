import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import type { Command } from 'commander';
import type { Door } from '../../src/cli/door.ts';
import { program } from '../../src/cli/program.ts';
import { type Ended, openHome } from '../support/program.ts';

/** Every command, and the commands below it. */
function all(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(all)];
}

describe('the help', () => {
  test('names every command and every setting', async (t) => {
    const { code, out, err } = await (await openHome(t)).run(['--help']);
    assert.deepEqual([code, err], [0, '']);
    const names = ['start', 'demo', 'migrate', 'admin-key', 'keys', 'config'];
    const settings = ['PUBLIC_URL', 'PORT', 'DATA_DIR', 'DATABASE_URL', 'MASTER_KEY_FILE', 'METRICS_TOKEN'];
    for (const name of [...names, ...settings]) assert.match(out, new RegExp(`^ +${name}\\b`, 'm'));
  });

  test('of a command says what it does and what it takes', async (t) => {
    const home = await openHome(t);
    const { code, out } = await home.run(['admin-key', 'create', '--help']);
    assert.equal(code, 0);
    for (const words of [/make an admin key/, /--scope/, /--days/, /--sandbox/]) assert.match(out, words);
    assert.deepEqual(home.files(), []);
  });

  test('has a sentence for every command and every option', () => {
    const commands = all(program({ places: { version: '0' } } as Door));
    const known = commands.map((command) => command.name()).sort();
    const expected = [
      'counterproof',
      'start',
      'demo',
      'migrate',
      'admin-key',
      'create',
      'keys',
      'rotate',
      'config',
      'check',
      'policies',
      'check',
      'load',
      'officer',
      'invite',
      'pass-keys',
      'list',
      'withdraw',
    ];
    assert.deepEqual(known, expected.sort());
    for (const command of commands) {
      assert.match(command.description(), /^\w.{5,}/, command.name());
      for (const option of command.options) assert.match(option.description, /^\w.{5,}/, option.flags);
    }
  });

  test('is shown to whoever mistypes a command, which fails', async (t) => {
    const { code, err } = await (await openHome(t)).run(['strat']);
    assert.equal(code, 1);
    assert.match(err, /unknown command 'strat'/);
    assert.match(err, /Usage: counterproof/);
  });
});

describe('config check', () => {
  test('lists every wrong setting in one go, and repeats no value', async (t) => {
    const wrong = {
      PORT: '98765',
      TIME_ZONE: 'Mars/Olympus',
      LEAP_BIRTHDAY: '31-04',
      LOG_LEVEL: 'shouting',
      PUBLIC_URL: 'http://id.example.org/with/a/path',
      METRICS_TOKEN: 'too-short',
    };
    const said = await (await openHome(t)).run(['config', 'check'], wrong);
    complains(said, /^The settings have problems:/);
    for (const [name, value] of Object.entries(wrong)) {
      assert.match(said.err, new RegExp(`^  ${name} `, 'm'));
      assert.ok(!said.err.includes(value), `${name} is repeated`);
    }
  });

  test('says what good settings come to, and makes nothing', async (t) => {
    const home = await openHome(t);
    const settings = {
      PUBLIC_URL: 'https://id.example.org/',
      METRICS_TOKEN: randomBytes(16).toString('hex'),
    };
    const { code, out } = await home.run(['config', 'check', '--sandbox'], settings);
    assert.equal(code, 0);
    assert.match(out, /https:\/\/id\.example\.org \(listens on 127\.0\.0\.1:\d+\)/);
    assert.match(out, /The settings are good\./);
    assert.ok(!out.includes(settings.METRICS_TOKEN));
    assert.deepEqual(home.files(), []);
  });

  test('misses the master key of production', async (t) => {
    const { code, err } = await (await openHome(t)).run(['config', 'check']);
    assert.equal(code, 1);
    assert.match(err, /^MASTER_KEY_FILE does not exist\.$/m);
  });
});

describe('start', () => {
  test('in production makes no master key, and says how to', async (t) => {
    const home = await openHome(t);
    const said = await home.run(['start']);
    complains(said, /^MASTER_KEY_FILE does not exist\. .*openssl rand -hex 32$/);
    assert.deepEqual(home.files(), []);
  });

  test('takes no master key that others can read', async (t) => {
    const home = await openHome(t);
    const key = randomBytes(32).toString('hex');
    const file = home.write('open.key', key, 0o644);
    const said = await home.run(['start'], { MASTER_KEY_FILE: file });
    complains(said, /^MASTER_KEY_FILE can be read by others.*chmod 600/);
    assert.ok(!said.err.includes(key));
  });

  for (const [name, text] of [
    ['short', 'abcdef'],
    ['no hexadecimal digits', 'x'.repeat(64)],
    ['nothing', ''],
  ] as const) {
    test(`takes no master key of ${name}`, async (t) => {
      const home = await openHome(t);
      const said = await home.run(['start'], { MASTER_KEY_FILE: home.write('bad.key', text) });
      complains(said, /^MASTER_KEY_FILE does not hold 64 hexadecimal digits\.$/);
      assert.ok(text === '' || !said.err.includes(text));
    });
  }

  test('in production takes no address over plain HTTP', async (t) => {
    const home = await openHome(t);
    const MASTER_KEY_FILE = home.write('master.key', randomBytes(32).toString('hex'));
    const said = await home.run(['start'], { MASTER_KEY_FILE, PUBLIC_URL: 'http://id.example.org' });
    complains(said, /PUBLIC_URL has to be https/);
  });

  test('on a port that is taken says so', async (t) => {
    const home = await openHome(t);
    const taken = createServer().listen(home.port, '127.0.0.1');
    await once(taken, 'listening');
    t.after(() => taken.close());
    complains(await home.run(['start', '--sandbox']), new RegExp(`${home.port}.* (taken|in use)`));
  });

  test('in production runs with a key of its own, tells where, and stops when it is asked', async (t) => {
    const home = await openHome(t);
    const MASTER_KEY_FILE = home.write('master.key', randomBytes(32).toString('hex'));
    const started = home.start(['start'], { MASTER_KEY_FILE });
    await started.says(new RegExp(`^Counterproof listens on 127\\.0\\.0\\.1:${home.port} for ${home.url}$`));
    assert.equal((await fetch(`${home.url}/readyz`)).status, 200);
    const { code, signal, err } = await started.interrupt();
    assert.deepEqual({ code, signal, err }, { code: 0, signal: null, err: '' });
    assert.ok(!home.files().includes('sandbox.json'));
  });
});

describe('officer invite', () => {
  test('prints a set-up link for the address of the settings, alone, and another one each time', async (t) => {
    const home = await openHome(t);
    const invite = () => home.run(['officer', 'invite', '--name', 'Olive', '--role', 'issuer', '--sandbox']);
    const [one, other] = [await invite(), await invite()];
    for (const said of [one, other]) {
      assert.deepEqual([said.code, said.err], [0, '']);
      assert.match(said.out, new RegExp(`^${home.url}/admin#setup=[\\w-]{43}\n$`));
    }
    assert.notEqual(one.out, other.out);
  });

  test('knows three roles, and takes a name that is one', async (t) => {
    const home = await openHome(t);
    const role = await home.run(['officer', 'invite', '--name', 'Olive', '--role', 'king', '--sandbox']);
    complains(role, /^There is no such role\. There are: owner, issuer, auditor$/);
    for (const name of ['', ' ', 'x'.repeat(101), 'a\tb']) {
      complains(await home.run(['officer', 'invite', '--name', name, '--sandbox']), /^A name has 1 to 100/);
    }
    assert.deepEqual(home.files(), []);
  });
});

describe('migrate', () => {
  test('makes the tables, and the second time finds them made', async (t) => {
    const home = await openHome(t);
    assert.match((await home.run(['migrate'])).out, /^ran .*\nThe tables are up to date\.\n$/s);
    assert.match((await home.run(['migrate'])).out, /^The tables were up to date\.\n$/);
  });
});

/** Told in plain words, with no stack, and the program failed. */
function complains({ code, out, err }: Ended, words: RegExp): void {
  assert.equal(code, 1, err);
  assert.equal(out, '');
  assert.match(err.trimEnd(), words);
  assert.doesNotMatch(err, /^\s+at |node:internal|Error:/m);
}
