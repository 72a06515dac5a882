/**
 * Databases of tests: SQLite, or PostgreSQL if `TEST_DATABASE=postgres`, on the server of `TEST_POSTGRES_URL`.
 * `npm test` runs every file that comes here on both.
 */

import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Db, openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';

/** Which database this run is on. */
export const DATABASE = process.env.TEST_DATABASE === 'postgres' ? 'postgres' : 'sqlite';

/** What a test that is about SQLite alone gives as its option. */
export const ON_SQLITE_ONLY = { skip: DATABASE === 'sqlite' ? false : 'about SQLite' };

/** What a test that is about PostgreSQL alone gives as its option. */
export const ON_POSTGRES_ONLY = { skip: DATABASE === 'postgres' ? false : 'about PostgreSQL' };

/** A database by its address, for as long as nobody removes it. */
export interface TestDatabase {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

/** Databases to copy: making tables and keys for every test would take most of the time. */
const templates = new Map<string, Promise<TestDatabase>>();
after(async () => {
  for (const template of templates.values()) await (await template).remove();
});

/**
 * Makes a database: an empty one, or a copy of one that was prepared once in this process under the same name. The
 * preparation closes what it opens.
 */
export async function makeDatabase(
  name?: string,
  prepare: (url: string) => Promise<void> = async () => {},
): Promise<TestDatabase> {
  if (name === undefined) return place();
  const prepared = templates.get(name) ?? place().then(preparedBy(prepare));
  templates.set(name, prepared);
  return place((await prepared).url);
}

function preparedBy(prepare: (url: string) => Promise<void>) {
  return async (database: TestDatabase): Promise<TestDatabase> => {
    await prepare(database.url);
    return database;
  };
}

function place(template?: string): Promise<TestDatabase> {
  return DATABASE === 'postgres' ? placeOnServer(template) : placeInFolder(template);
}

async function placeInFolder(template?: string): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const file = join(folder, 'test.sqlite');
  if (template !== undefined) copyFileSync(fileURLToPath(template), file);
  return { url: pathToFileURL(file).href, remove: async () => rmSync(folder, { recursive: true }) };
}

async function placeOnServer(template?: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const from = template === undefined ? 'template0' : basename(new URL(template).pathname);
  const server = holdServer();
  // Other strategies copy through the log, which takes ten times as long.
  try {
    await server.raw('create database ?? template ?? strategy file_copy', [name, from]);
  } catch (thrown) {
    await letGoOfServer();
    throw thrown;
  }
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return {
    url: url.href,
    remove: async () => {
      try {
        await server.raw('drop database if exists ?? with (force)', [name]);
      } finally {
        await letGoOfServer();
      }
    },
  };
}

/**
 * One connection makes and removes databases, from the first until the last is gone: to connect every time would take
 * as long as either.
 */
let held: { readonly server: Db; databases: number } | null = null;

function holdServer(): Db {
  held ??= { server: openDatabase(serverUrl(), 2), databases: 0 };
  held.databases += 1;
  return held.server;
}

async function letGoOfServer(): Promise<void> {
  if (held === null) return;
  held.databases -= 1;
  if (held.databases > 0) return;
  const { server } = held;
  held = null;
  await server.destroy();
}

function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url)
    throw new Error('TEST_DATABASE=postgres needs TEST_POSTGRES_URL; npm test starts a server and sets it');
  return url;
}

/** A database of the test's own without tables. It is gone when the test has ended. */
export async function emptyDatabase(t: TestContext): Promise<Db> {
  return opened(t, await makeDatabase());
}

/** The same with every table. */
export async function freshDatabase(t: TestContext): Promise<Db> {
  return opened(t, await makeDatabase('tables', makeTables));
}

async function makeTables(url: string): Promise<void> {
  const db = openDatabase(url);
  await migrate(db);
  await db.destroy();
}

function opened(t: TestContext, { url, remove }: TestDatabase): Db {
  const db = openDatabase(url);
  t.after(async () => {
    await db.destroy();
    await remove();
  });
  return db;
}

/** The names of all tables. */
export async function tablesOf(db: Db): Promise<readonly string[]> {
  if (DATABASE === 'sqlite') return db('sqlite_master').where({ type: 'table' }).pluck('name');
  return db('pg_tables').where({ schemaname: 'public' }).pluck('tablename');
}

/**
 * Every byte that is kept: of SQLite all its files, the log included; of PostgreSQL every column of every row. What
 * its files still hold of rows that are gone is out of a test's reach.
 */
export async function bytesOf({ url }: { readonly url: string }): Promise<Buffer> {
  if (url.startsWith('file:')) return filesBeside(fileURLToPath(url));
  const db = openDatabase(url, 2);
  try {
    const parts: Buffer[] = [];
    for (const table of await tablesOf(db)) {
      for (const row of await db(table)) parts.push(...Object.values(row).map(bytesOfColumn));
    }
    return Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
  } finally {
    await db.destroy();
  }
}

function bytesOfColumn(value: unknown): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value));
}

function filesBeside(file: string): Buffer {
  const names = readdirSync(join(file, '..')).filter((name) => name.startsWith(basename(file)));
  return Buffer.concat(names.map((name) => readFileSync(join(file, '..', name))));
}
