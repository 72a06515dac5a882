/** The languages of the console. */

import { english, type Languages } from '../language/language.ts';
import type { Language } from '../language/words.ts';

export const LANGUAGES: Languages = {
  en: () => english(import('./messages/en.ts').then(({ admin }) => admin)),
  ...import.meta.glob<Language>('../languages/*.json', { query: { page: 'admin' }, import: 'default' }),
};
