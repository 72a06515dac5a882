/** Runs the program as people do: a process of its own, in a folder and on a port of its own. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { AS_HERE, moduleFile, root } from './checkout.ts';
import { DATABASE, makeDatabase, type TestDatabase } from './database.ts';

/** With SQLite programs keep their data in their folder, as they do for people; a server's database has to be named. */
async function databaseOf(): Promise<TestDatabase | null> {
  return DATABASE === 'postgres' ? makeDatabase() : null;
}

/** Milliseconds after which a command that should have ended is ended. */
const LONGEST = 120_000;

type Environment = Readonly<Record<string, string>>;

/** What a command said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A program that goes on until it is stopped. */
export interface Started {
  /** Resolves with what was said so far once a line says this; fails if the program ends before. */
  readonly says: (words: RegExp) => Promise<string>;
  /** Asks it to stop, as Ctrl-C does. */
  readonly interrupt: () => Promise<Ended>;
  /** Sends it a signal, and resolves when it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
}

/** A folder and a port where programs of one test run, one after another or at once. */
export interface Home {
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  /** Where the programs keep their data, unless they are told otherwise. */
  readonly databaseUrl: string;
  /** The names of what is in the folder. */
  readonly files: () => readonly string[];
  /** A file in the folder. */
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string, mode?: number) => string;
  /** Runs a command to its end. */
  readonly run: (args: readonly string[], environment?: Environment) => Promise<Ended>;
  readonly start: (args: readonly string[], environment?: Environment) => Started;
}

/** A home for the programs of a test; whatever still runs at its end is killed. */
export async function openHome(t: Pick<TestContext, 'after'>): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-cli-'));
  const port = await freePort();
  const database = await databaseOf();
  const running = new Set<ChildProcess>();
  t.after(async () => {
    await Promise.all([...running].map(killed));
    await database?.remove();
    rmSync(folder, { recursive: true });
  });
  const launch = (args: readonly string[], environment: Environment = {}, timeout = 0): ChildProcess => {
    const own = {
      PORT: String(port),
      DATA_DIR: folder,
      // Making their keys takes the processor for a while: tests about passes turn them on.
      PASSES: 'off',
      // The next port may be another test's.
      WEB_TILL_PORT: '0',
      ...(database && { DATABASE_URL: database.url }),
      ...environment,
    };
    const child = spawn(process.execPath, [...AS_HERE, moduleFile('src/main.ts'), ...args], {
      cwd: root,
      env: { ...inherited(), ...own },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  return {
    folder,
    port,
    url: `http://localhost:${port}`,
    databaseUrl: database?.url ?? pathToFileURL(join(folder, 'counterproof.sqlite')).href,
    files: () => readdirSync(folder),
    path: (name) => join(folder, name),
    write: (name, text, mode = 0o600) => {
      writeFileSync(join(folder, name), text, { mode });
      return join(folder, name);
    },
    run: (args, environment) => ended(launch(args, environment, LONGEST)),
    start: (args, environment) => started(launch(args, environment)),
  };
}

/** What a sandbox wrote for programs. */
export function sandboxOf(home: Home) {
  return JSON.parse(readFileSync(home.path('sandbox.json'), 'utf8')) as Sandbox;
}

/** The members that `api.md` promises. */
export interface Sandbox {
  readonly base_url: string;
  readonly admin_key: string;
  readonly admin_setup_url: string;
  readonly terminal_key: string;
  readonly test_terminal_key: string;
  readonly retailer_id: string;
  readonly terminal_id: string;
  readonly web_till_url: string | null;
  readonly people: readonly Record<
    'id' | 'name' | 'birth_date' | 'offer_uri' | 'wallet_url' | 'tx_code',
    string
  >[];
}

/** Of this process's environment only what says where things are, so that no setting leaks in. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'NODE_V8_COVERAGE', 'SystemRoot'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function ended(child: ChildProcess): Promise<Ended> {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (part) => (said.out += String(part)));
  child.stderr?.on('data', (part) => (said.err += String(part)));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...said };
}

function started(child: ChildProcess): Started {
  const end = ended(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout! });
  reader.on('line', (line) => lines.push(line));
  const endBy = (signal: NodeJS.Signals): Promise<Ended> => {
    child.kill(signal);
    return end;
  };
  return {
    async says(words) {
      const early = end.then((how) => assert.fail(`ended with ${how.code}: ${how.out}${how.err}`));
      early.catch(() => {});
      while (!lines.some((line) => words.test(line))) await Promise.race([once(reader, 'line'), early]);
      return lines.join('\n');
    },
    interrupt: () => endBy('SIGINT'),
    end: endBy,
  };
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
