/** Which language is spoken. English is in the code; a file in `languages/` is all that another language takes. */

import { signal } from '@preact/signals';
import { chooseLanguage, localeFor } from './choose-language.ts';
import { type Filling, type Key, type Language, type Messages, type Said, said, textOf } from './words.ts';

const KEPT = 'counterproof.language';

/** What loads the languages of a page: a tag, or a file that is named for one, and the words that the page needs. */
export type Languages = Readonly<Record<string, () => Promise<Language>>>;

interface Spoken {
  readonly tag: string;
  readonly locale: string;
  readonly messages: Messages;
}

let loaders: ReadonlyMap<string, Languages[string]> = new Map();

const spoken = signal<Spoken | null>(null);

/** English: what it says on every page, and what one page says beside it. */
export async function english(ofThePage?: Promise<Messages>): Promise<Language> {
  const [{ language }, own] = await Promise.all([import('../messages/en.ts'), ofThePage]);
  return { ...language, messages: { ...language.messages, ...own } };
}

/** The languages there are, as tags, each with its own name for itself. */
export function languages(): readonly { readonly tag: string; readonly name: string }[] {
  return [...loaders.keys()].map((tag) => ({
    tag,
    name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
  }));
}

/** Loads the language of this browser, among those of this page. Nothing can be said before. */
export async function startLanguage(ofThisPage: Languages): Promise<void> {
  loaders = byTag(ofThisPage);
  await speak(ofThisBrowser());
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

/** Speaks a language for now; null is the one of this browser. The next start knows nothing of it. */
export async function speakForNow(tag: string | null): Promise<void> {
  await speak(tag ?? ofThisBrowser());
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

/** Several things in a row, as the language strings them together: `Over 18, Student`. */
export function listed(things: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction', style: 'narrow' }).format(things);
}

/** Loaders by the tag that each is named for, in the order of the tags. */
function byTag(found: Languages): ReadonlyMap<string, Languages[string]> {
  const named = Object.entries(found).map(
    ([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load] as const,
  );
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ofThisBrowser(): string {
  return chooseLanguage(read(), navigator.languages, [...loaders.keys()]);
}

async function speak(tag: string): Promise<void> {
  const load = loaders.get(tag);
  if (load === undefined) throw new Error(`There is no language ${tag}.`);
  const { direction, messages } = await load();
  spoken.value = { tag, locale: localeFor(tag, navigator.languages), messages };
  document.documentElement.lang = tag;
  document.documentElement.dir = direction;
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
