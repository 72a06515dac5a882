import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase } from '../../src/db/database.ts';

/** An empty database by its address, and how to be rid of it. */
export interface BenchDatabase {
  readonly url: string;
  readonly remove: () => Promise<void>;
}

export type DatabaseKind = 'sqlite' | 'postgres';

/** Where the service keeps its data unless told otherwise: a real disk, where /tmp may be memory. */
const DATA = resolve('.data');

/** An empty SQLite database in a folder of its own. */
export async function sqliteDatabase(): Promise<BenchDatabase> {
  mkdirSync(DATA, { recursive: true });
  const folder = mkdtempSync(join(DATA, 'bench-'));
  return {
    url: pathToFileURL(join(folder, 'bench.sqlite')).href,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An empty database on the PostgreSQL server of `TEST_POSTGRES_URL`, or in words why there is none. */
export async function postgresDatabase(): Promise<BenchDatabase | string> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) return 'TEST_POSTGRES_URL is not set';
  const name = `bench_${randomBytes(8).toString('hex')}`;
  try {
    await onServer(server, 'create database ??', name);
  } catch (thrown) {
    return `it cannot be opened (${thrown instanceof Error ? thrown.message : thrown})`;
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => onServer(server, 'drop database if exists ?? with (force)', name) };
}

/**
 * Lets PostgreSQL count its rows, as it does by itself within a minute: tables that were filled at once a moment ago are
 * planned for as if nothing were known of them.
 */
export async function countRows(url: string): Promise<void> {
  if (url.startsWith('postgres')) await onServer(url, 'analyze');
}

async function onServer(url: string, statement: string, ...names: readonly string[]): Promise<void> {
  const server = openDatabase(url);
  try {
    await server.raw(statement, [...names]);
  } finally {
    await server.destroy();
  }
}
