import type { Socket } from 'node:net';

/** Milliseconds that every statement may wait while the server says nothing at all. */
const QUIET = 700;
/** Milliseconds that it then gets to show life on a new connection: a slow statement is no silence. */
const LAST_WORD = 500;
/** Milliseconds that one statement waits for its answer: longer than the server itself lets it run. */
const LONGEST = 11_000;

type Answered = (error: unknown, result: unknown) => void;

/** A connection as the driver has it. */
export interface Connection {
  query(statement: object, answered: Answered): unknown;
  readonly connection: { readonly stream: Socket };
}

/** Whether the server says anything to a new connection, be it that it takes none. */
type ShowsLife = () => Promise<boolean>;

/** Connections whose statements take as long as they need. */
const patient = new WeakSet<object>();

/** Lets statements on a connection take longer than usual, for as long as the server shows life. */
export function bePatient(connection: object, yes: boolean): void {
  if (yes) patient.add(connection);
  else patient.delete(connection);
}

/**
 * Watches the connections that it is handed for a server that has fallen silent: a machine that hangs, a network that
 * drops everything. No error tells of that, so whoever waits would wait for hours. Their connections are destroyed,
 * which the driver answers with `Connection terminated unexpectedly`; whether a commit among them was kept nobody knows.
 */
export function watchSilence(showsLife: ShowsLife): (connection: Connection) => void {
  const connections = new Set<Connection>();
  const watch = quietWatch(async (heard) => {
    if ((await within(LAST_WORD, showsLife())) || heard()) return;
    for (const { connection } of connections) connection.stream.destroy();
  });
  return (connection) => {
    const { stream } = connection.connection;
    connections.add(connection);
    stream.once('close', () => connections.delete(connection));
    const { query } = connection;
    connection.query = (statement, answered) => {
      const limit = setTimeout(() => patient.has(connection) || stream.destroy(), LONGEST);
      watch.asked();
      return query.call(connection, statement, (error, result) => {
        clearTimeout(limit);
        watch.answered();
        answered(error, result);
      });
    };
  };
}

/** Tells when some wait and nobody has been answered for a while, and again for as long as that goes on. */
function quietWatch(silent: (heard: () => boolean) => Promise<void>) {
  let waiting = 0;
  let answers = 0;
  let timer: NodeJS.Timeout | undefined;
  const ring = (): void => {
    const before = answers;
    void silent(() => answers > before).then(arm);
  };
  const arm = (): void => {
    clearTimeout(timer);
    timer = waiting > 0 ? setTimeout(ring, QUIET) : undefined;
  };
  return {
    asked(): void {
      waiting += 1;
      if (waiting === 1) arm();
    },
    answered(): void {
      waiting -= 1;
      answers += 1;
      if (waiting > 0) timer?.refresh();
      else arm();
    },
  };
}

async function within(milliseconds: number, answer: Promise<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, false);
    answer.then(resolve, () => resolve(false)).finally(() => clearTimeout(timer));
  });
}
