/** Messages and what is filled into them. Pure: which language is spoken stands in `language.ts`. */

import type { language as english } from '../messages/en.ts';

/** One message in the plural forms of a language (CLDR). Any language may say nothing at all in a form of its own: `zero`. */
export type PluralForms = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };
export type Message = string | PluralForms;

type English = (typeof english)['messages'];

/** The name of a message. */
export type Key = keyof English;

export type Messages = Readonly<Record<string, Message>>;

/** A language: which way it runs, and what it says on a page. Tests hold it against English, key by key. */
export interface Language {
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Messages;
}

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TextOf<M> = M extends string ? M : M[keyof M];
type NamesOf<E, K extends keyof E> = NamesIn<TextOf<E[K]>>;

/** What may be filled in: numbers and times of day are written as the language writes them. */
export type Value = string | number | Date;

/** What a message of these needs beside its key: nothing, or each of its names. */
export type FillingOf<E, K extends keyof E> = [NamesOf<E, K>] extends [never]
  ? []
  : [values: { readonly [Name in NamesOf<E, K>]: Name extends 'count' ? number : Value }];

/** What a message that every page has needs beside its key. */
export type Filling<K extends Key> = FillingOf<English, K>;

/** A message with all it needs, not yet in any language. */
export interface Said {
  readonly key: string;
  readonly values: Readonly<Record<string, Value>>;
}

/** Says by key what is to be said; a view holds this, so that it needs no language. */
export function said<K extends Key>(key: K, ...[values]: Filling<K>): Said {
  return { key, values: values ?? {} };
}

/** A message as text. The locale (BCP 47) decides about plural forms and about how numbers are written. */
export function textOf({ key, values }: Said, messages: Messages, locale: string): string {
  const message = messages[key] ?? key;
  const text = typeof message === 'string' ? message : formOf(message, values.count, locale);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
    return value instanceof Date ? timeOfDay(value, locale) : (value ?? whole);
  });
}

/** The time of day as people say it: `14:03`. */
export function timeOfDay(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
}

function formOf(forms: PluralForms, count: Value | undefined, locale: string): string {
  const form =
    Number(count) === 0 && forms.zero !== undefined
      ? 'zero'
      : new Intl.PluralRules(locale).select(Number(count));
  return forms[form] ?? forms.other;
}
