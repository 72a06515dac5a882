/** The languages of the pages as they lie on the disk, each beside English. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, Message, Messages } from '../../../src/web/language/words.ts';
import { root } from '../../support/checkout.ts';

const FOLDER = join(root, 'src/web/languages');

/** A language's file: which way it runs, what it says on every page, and what on one. */
export interface LanguageFile extends Pick<Language, 'direction'> {
  readonly all: Messages;
  readonly wallet: Messages;
  readonly admin: Messages;
}

/** Every language but English, by its tag. */
export const languageFiles: ReadonlyMap<string, LanguageFile> = new Map(
  readdirSync(FOLDER).map((name) => [name.replace('.json', ''), languageFile(name)] as const),
);

/** All that a language says in the wallet. */
export function walletWords(tag: string): Messages {
  const { all, wallet } = languageFile(`${tag}.json`);
  return { ...all, ...wallet };
}

/** The forms of a message: one, or one for each plural. */
export function formsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : Object.values(message);
}

function languageFile(name: string): LanguageFile {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as LanguageFile;
}
