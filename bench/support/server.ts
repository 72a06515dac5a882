import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a server of the benchmarks is told to do, besides answering requests. */
export type Order =
  | { readonly order: 'seed'; readonly count: number }
  | { readonly order: 'answer'; readonly body: object }
  /** The directory lists a key for passes of the claim that is asked: its SPKI in DER, base64url. */
  | { readonly order: 'pass key'; readonly spki: string }
  /** Request after request for passes is signed beside everything else, until it is off. */
  | { readonly order: 'sign'; readonly on: boolean }
  | { readonly order: 'memory' };

/** What it says when it listens. */
export interface Ready {
  readonly port: number;
  readonly terminalKey: string;
}

/** A server in a process of its own. */
export interface Server extends Ready {
  /** Tells it to do something and answers what came of it; one order at a time. */
  tell(order: Order): Promise<unknown>;
  stop(): Promise<void>;
}

/** Milliseconds after which a server that was asked to stop is ended. */
const PATIENCE = 15_000;

/** Starts one of `bench/servers`, compiled, with neither loader nor source maps. */
export async function startServer(
  name: 'bare' | 'service',
  args: readonly string[] = [],
  profile: string | null = null,
): Promise<Server> {
  const child = fork(fileURLToPath(new URL(`../servers/${name}.js`, import.meta.url)), args, {
    execArgv: profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
  });
  const ready = (await said(child, name)) as Ready;
  return {
    ...ready,
    tell(order) {
      child.send(order);
      return said(child, name);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      child.disconnect();
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The next thing that a server says. Throws if it ends instead. */
function said(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`the ${name} server ended`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
