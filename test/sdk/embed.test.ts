import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { type EmbedOptions, embedTerminal, type Frame } from '../../src/sdk/embed.ts';

const URL_OF_PAGE = 'https://id.example/terminal/embedded/ret_1';
const OPENED = {
  type: 'opened',
  terminal: { id: 'ter_1', name: 'Till 4' },
  retailer: { id: 'ret_1', name: 'Shop' },
  live: true,
};
const ALCOHOL = { policies: ['alcohol'], reference: 'receipt 1' };

type Port = InstanceType<typeof MessageChannel>['port1'];
interface Posted {
  readonly message: unknown;
  readonly origin: string;
  readonly port: Port;
}

/** A frame that a test loads, and the terminal's end of each channel that comes. */
function stage(t: TestContext, options: Partial<EmbedOptions> = {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const posted: Posted[] = [];
  const told: unknown[] = [];
  let load: (() => void) | null = null;
  let sessions = 0;
  const sources: string[] = [];
  const frame: Frame = {
    allow: '',
    get src() {
      return sources.at(-1) ?? '';
    },
    set src(url) {
      sources.push(url);
    },
    contentWindow: {
      postMessage: (message: unknown, origin: string, [port]: readonly [Port]) =>
        posted.push({ message, origin, port }),
    },
    addEventListener: (_type, heard) => {
      load = heard;
    },
    removeEventListener: () => {
      load = null;
    },
  };
  const till = embedTerminal({
    frame,
    url: URL_OF_PAGE,
    session: async () => `cp_test_${++sessions}`,
    onResult: (answer, question) => told.push(['result', answer.outcome, question]),
    onOpened: ({ terminal }) => told.push(['opened', terminal.name]),
    onEnded: (why) => told.push(['ended', why]),
    ...options,
  });
  t.after(() => {
    till.close();
    for (const { port } of posted) port.close();
  });
  const loads = async (): Promise<Posted> => {
    load?.();
    await settled();
    const last = posted.at(-1);
    assert.ok(last);
    return last;
  };
  return { frame, till, posted, told, sources, loads, loaded: () => load };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The next message that comes to a port of the terminal. */
async function heard(port: Port): Promise<unknown> {
  const [message] = await once(port as unknown as NodeJS.EventEmitter, 'message');
  return message;
}

/** Says something as the terminal, and waits until the till's page has heard it. */
async function says(port: Port, ...messages: readonly unknown[]): Promise<void> {
  for (const message of messages) port.postMessage(message);
  for (let i = 0; i < 5; i++) await settled();
}

describe('a web till with the terminal in a frame', () => {
  test('loads the page with what it may use, and gives the session to the page of the service alone', async (t) => {
    const { frame, loads, told } = stage(t);
    assert.equal(frame.src, URL_OF_PAGE);
    assert.match(frame.allow, /camera/);
    const { message, origin, port } = await loads();
    assert.deepEqual(message, { counterproof: 1, type: 'open', token: 'cp_test_1' });
    assert.equal(origin, 'https://id.example');
    await says(port, OPENED);
    assert.deepEqual(told, [['opened', 'Till 4']]);
  });

  test('opens with another session when the frame was loaded again, and asks again what it had asked', async (t) => {
    const { loads, till } = stage(t);
    const first = await loads();
    await says(first.port, OPENED);
    const asked = heard(first.port);
    till.ask(ALCOHOL);
    assert.deepEqual(await asked, { type: 'ask', id: '1', ...ALCOHOL });
    const second = await loads();
    assert.deepEqual(second.message, { counterproof: 1, type: 'open', token: 'cp_test_2' });
    const again = heard(second.port);
    await says(second.port, OPENED);
    assert.deepEqual(await again, { type: 'ask', id: '1', ...ALCOHOL });
  });

  test('hears answers to what it asks, until one approves, and none to what it no longer asks', async (t) => {
    const { loads, till, told } = stage(t);
    const { port } = await loads();
    await says(port, OPENED);
    till.ask({ policies: ['tobacco'] });
    till.ask(ALCOHOL);
    const result = (id: string, outcome: string) => ({ type: 'result', id, answer: { outcome } });
    await says(port, result('1', 'approved'), result('2', 'refused'), result('2', 'approved'));
    await says(port, result('2', 'approved'));
    till.ask(ALCOHOL);
    till.clear();
    await says(port, result('3', 'approved'));
    assert.deepEqual(told.slice(1), [
      ['result', 'refused', ALCOHOL],
      ['result', 'approved', ALCOHOL],
    ]);
  });

  test('takes nothing from a channel of before', async (t) => {
    const { loads, till, told } = stage(t);
    const { port } = await loads();
    till.ask(ALCOHOL);
    await loads();
    await says(port, OPENED, { type: 'result', id: '1', answer: { outcome: 'approved' } });
    assert.deepEqual(told, []);
  });

  for (const why of ['over', 'no_answer'] as const) {
    test(`loads the frame again after a while when it ended: ${why}`, async (t) => {
      const { loads, sources, told } = stage(t);
      const { port } = await loads();
      await says(port, { type: 'ended', why });
      assert.deepEqual([told, sources.length], [[['ended', why]], 1]);
      t.mock.timers.tick(1_000);
      assert.deepEqual(sources, [URL_OF_PAGE, URL_OF_PAGE]);
    });
  }

  for (const why of ['shut_out', 'other_shop'] as const) {
    test(`leaves it at that when it ended for good: ${why}`, async (t) => {
      const { loads, sources, told } = stage(t);
      const { port } = await loads();
      await says(port, { type: 'ended', why });
      t.mock.timers.tick(120_000);
      assert.deepEqual([told, sources.length], [[['ended', why]], 1]);
    });
  }

  test('tries again, and less and less often, while its own software begins no session', async (t) => {
    const session = () => Promise.reject(new Error('down'));
    const { frame, loaded, sources, told } = stage(t, { session });
    for (const pause of [1_000, 5_000, 15_000, 60_000, 60_000]) {
      loaded()?.();
      await settled();
      t.mock.timers.tick(pause - 1);
      const before = sources.length;
      t.mock.timers.tick(1);
      assert.equal(sources.length, before + 1, String(pause));
    }
    assert.deepEqual(told[0], ['ended', 'no_session']);
    assert.equal(frame.src, URL_OF_PAGE);
  });

  test('says that nothing answers where the page is not there or may not be framed', async (t) => {
    const { loads, told } = stage(t);
    await loads();
    t.mock.timers.tick(15_000);
    assert.deepEqual(told, [['ended', 'no_answer']]);
  });

  test('hands over what it scanned, and closes', async (t) => {
    const { loads, loaded, till } = stage(t);
    const { port } = await loads();
    await says(port, OPENED);
    const scanned = heard(port);
    till.scan('9000');
    assert.deepEqual(await scanned, { type: 'token', digits: '9000' });
    const closed = heard(port);
    till.close();
    assert.deepEqual(await closed, { type: 'close' });
    assert.equal(loaded(), null);
  });
});
