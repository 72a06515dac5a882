/** A store in one file, for Node: a journal of lines of JSON, each on the disk before its call is answered. */

import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { apply, type Entry, emptyLedger, entriesOf, type Ledger } from './ledger.ts';
import { ledgerStore } from './ledger-store.ts';
import type { Store } from './store.ts';

export interface FileStore extends Store {
  /** Closes the file, after the calls before. */
  close(): Promise<void>;
}

/** Bytes from which on a file is written anew, if that makes it a quarter of what it is. */
const LARGE = 1_000_000;
const GROWTH = 4;
/** Readable by the till's own user alone. */
const MODE = 0o600;

/**
 * Opens the store in a file, or begins it. A last line that a crash cut short is dropped: its call was never answered.
 * Throws where the file is damaged elsewhere, since a till that forgot what it approved would approve it again. A file
 * belongs to one process at a time.
 */
export async function fileStore(path: string): Promise<FileStore> {
  const { ledger, length } = await readJournal(path);
  const journal = length === 0 ? await writeAnew(path, ledger) : await reopened(path, length);
  const store = ledgerStore(ledger, async (entry) => {
    if (journal.length > journal.limit) await shorten(path, journal, ledger);
    await append(journal, entry);
  });
  return {
    ...store,
    close: async () => {
      await store.kept();
      await journal.file.close();
    },
  };
}

interface Journal {
  file: FileHandle;
  /** Bytes of whole lines. */
  length: number;
  /** Bytes beyond which it is worth writing anew. */
  limit: number;
}

async function append(journal: Journal, entry: Entry): Promise<void> {
  const { file, length } = journal;
  const line = Buffer.from(lineOf(entry));
  try {
    for (let done = 0; done < line.length; ) {
      done += (await file.write(line, done, line.length - done, length + done)).bytesWritten;
    }
    await file.datasync();
  } catch (error) {
    // A full disk leaves half a line, on which the next one would go on.
    await file.truncate(length).catch(() => undefined);
    throw error;
  }
  journal.length += line.length;
}

/** Leaves out what is over. Where that fails the old file still holds, and grows. */
async function shorten(path: string, journal: Journal, ledger: Ledger): Promise<void> {
  try {
    const { file } = journal;
    Object.assign(journal, await writeAnew(path, ledger));
    await file.close();
  } catch {
    journal.limit *= 2;
  }
}

interface ReadJournal {
  readonly ledger: Ledger;
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
}

async function readJournal(path: string): Promise<ReadJournal> {
  const ledger = emptyLedger();
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const length = bytes.lastIndexOf('\n') + 1;
  const lines = bytes.subarray(0, length).toString().split('\n').slice(0, -1);
  for (const [at, line] of lines.entries()) apply(ledger, readEntry(line, `${path}:${at + 1}`));
  return { ledger, length };
}

function readEntry(line: string, where: string): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    throw new Error(`${where} is damaged`);
  }
}

function lineOf(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

async function reopened(path: string, length: number): Promise<Journal> {
  const file = await open(path, 'r+');
  await file.truncate(length);
  await file.datasync();
  return { file, length, limit: LARGE };
}

/** Writes a new file beside the old one and puts it in its place: at each moment one of the two is whole. */
async function writeAnew(path: string, ledger: Ledger): Promise<Journal> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w+', MODE);
  const text = entriesOf(ledger).map(lineOf).join('');
  await file.writeFile(text);
  await file.sync();
  await rename(beside, path);
  await syncFolder(dirname(path));
  const length = Buffer.byteLength(text);
  return { file, length, limit: Math.max(LARGE, GROWTH * length) };
}

/** So that the name is on the disk too. Where folders cannot be opened, as on Windows, there is no need. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
