/** Which language is spoken. A file in `messages/` is all that another language takes. */

import { signal } from '@preact/signals';
import { chooseLanguage, localeFor } from './choose-language.ts';
import { type Filling, type Key, type Language, type Message, type Said, said, textOf } from './words.ts';

const KEPT = 'counterproof.language';

const files = import.meta.glob<Language>('../messages/*.ts', { import: 'language' });
const loaders = byTag(files);

/** The words that one page has beside those of all, by language. */
export type PageWords = Readonly<Record<string, () => Promise<Readonly<Record<string, Message>>>>>;

interface Spoken {
  readonly tag: string;
  readonly locale: string;
  readonly messages: Readonly<Record<string, Message>>;
}

let ofThisPage: ReadonlyMap<string, PageWords[string]> = new Map();

const spoken = signal<Spoken | null>(null);

/** The languages there are, as tags, each with its own name for itself. */
export const LANGUAGES = [...loaders.keys()].map((tag) => ({
  tag,
  name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
}));

/** Loads the language of this browser, and the page's own words in it. Nothing can be said before. */
export async function startLanguage(pageWords: PageWords = {}): Promise<void> {
  ofThisPage = byTag(pageWords);
  await speak(chooseLanguage(read(), navigator.languages, [...loaders.keys()]));
}

/** Changes the language, and keeps the choice in this browser. */
export async function changeLanguage(tag: string): Promise<void> {
  await speak(tag);
  try {
    localStorage.setItem(KEPT, tag);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** The tag of the language that is spoken. */
export function languageTag(): string {
  return now().tag;
}

/** The locale in which dates and numbers are written. */
export function locale(): string {
  return now().locale;
}

/** A message in the language that is spoken; a component that says something follows a change of language. */
export function say<K extends Key>(key: K, ...filling: Filling<K>): string {
  return sayAll(said(key, ...filling));
}

/** The same for what a view said. */
export function sayAll(what: Said): string {
  const { messages, locale } = now();
  return textOf(what, messages, locale);
}

/** Loaders of files, by the tag that names each file. */
function byTag<Load>(found: Readonly<Record<string, Load>>): ReadonlyMap<string, Load> {
  return new Map(Object.entries(found).map(([path, load]) => [path.replace(/^.*\/|\.ts$/g, ''), load]));
}

async function speak(tag: string): Promise<void> {
  const load = loaders.get(tag);
  if (load === undefined) throw new Error(`There is no language ${tag}.`);
  const [language, own] = await Promise.all([load(), ofThisPage.get(tag)?.()]);
  const messages = { ...language.messages, ...own };
  spoken.value = { tag, locale: localeFor(tag, navigator.languages), messages };
  document.documentElement.lang = tag;
  document.documentElement.dir = language.direction;
}

function now(): Spoken {
  if (spoken.value === null) throw new Error('No language is loaded yet.');
  return spoken.value;
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
