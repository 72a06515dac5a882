/** The languages of the pages as they lie on the disk, each beside English. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admin } from '../../../src/web/admin/messages/en.ts';
import type { Language, Message, Messages } from '../../../src/web/language/words.ts';
import { language } from '../../../src/web/messages/en.ts';
import { terminal } from '../../../src/web/terminal/messages/en.ts';
import { wallet } from '../../../src/web/wallet/messages/en.ts';
import { root } from '../../support/checkout.ts';

const FOLDER = join(root, 'src/web/languages');

/** A language's file: which way it runs, what it says on every page, and what on one. */
export interface LanguageFile extends Pick<Language, 'direction'> {
  readonly all: Messages;
  readonly wallet: Messages;
  readonly terminal: Messages;
  readonly admin: Messages;
}

/** Every language but English, by its tag. */
export const languageFiles: ReadonlyMap<string, LanguageFile> = new Map(
  readdirSync(FOLDER).map((name) => [name.replace('.json', ''), languageFile(name)] as const),
);

/** English, page by page. */
export const ENGLISH = { all: language.messages, wallet, terminal, admin } as const satisfies Omit<
  LanguageFile,
  'direction'
>;

/** All that a language says, on whichever page. */
export function wordsOf(tag: string): Messages {
  const { all, wallet, terminal, admin } = tag === 'en' ? ENGLISH : languageFile(`${tag}.json`);
  return { ...all, ...wallet, ...terminal, ...admin };
}

/** The forms of a message: one, or one for each plural. */
export function formsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : Object.values(message);
}

function languageFile(name: string): LanguageFile {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as LanguageFile;
}
