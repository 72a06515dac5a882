/** The way to a database server, which can fall silent: nothing comes through, and nobody is told. */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface Wire {
  /** The database as it is reached over the wire. */
  readonly url: string;
  /** From now on nothing comes through, in any connection, old or new. */
  readonly freeze: () => void;
  /** Everything goes on, and what waited comes through first, as with a server that was halted. */
  readonly thaw: () => void;
  /** Breaks every connection, and lets new ones through. */
  readonly cut: () => void;
  /**
   * Falls silent at the next statement that holds a word. The server gets that statement at once and nobody hears what
   * became of it, or gets it when the silence is over, or never. Resolves when it has fallen silent.
   */
  readonly freezeAt: (word: string, arrives: Arrival) => Promise<void>;
}

/** When a statement reaches the server. */
export type Arrival = 'at once' | 'late' | 'never';

interface Trap {
  readonly word: string;
  readonly arrives: Arrival;
  readonly sprung: () => void;
}

/** A wire to the database of an address. It is cut when the test has ended. */
export async function wireTo(t: Pick<TestContext, 'after'>, databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let frozen = false;
  let trap: Trap | null = null;
  const freeze = (): void => {
    frozen = true;
    for (const end of ends) end.pause();
  };
  const join = (from: Socket, to: Socket, passing: (bytes: Buffer) => boolean): void => {
    ends.add(from);
    from.on('data', (bytes) => passing(bytes) && to.write(bytes));
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      ends.delete(from);
      to.destroy();
    });
    if (frozen) from.pause();
  };
  const wire = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    join(server, client, () => true);
    join(client, server, (bytes) => {
      if (trap === null || !bytes.includes(trap.word)) return true;
      const { arrives, sprung } = trap;
      trap = null;
      if (arrives === 'at once') server.write(bytes);
      if (arrives === 'late') client.unshift(bytes);
      freeze();
      sprung();
      return false;
    });
  }).listen(0, '127.0.0.1');
  await once(wire, 'listening');
  t.after(() => {
    for (const end of ends) end.destroy();
    wire.close();
  });
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((wire.address() as AddressInfo).port);
  return {
    url: url.href,
    freeze,
    thaw() {
      frozen = false;
      for (const end of ends) end.resume();
    },
    cut() {
      frozen = false;
      for (const end of ends) end.destroy();
    },
    freezeAt: (word, arrives) =>
      new Promise((sprung) => {
        trap = { word, arrives, sprung };
      }),
  };
}
