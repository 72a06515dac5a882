/** The languages of the terminal. */

import { english, type Languages } from '../language/language.ts';
import type { Language } from '../language/words.ts';

export const LANGUAGES: Languages = {
  en: () => english(import('./messages/en.ts').then(({ terminal }) => terminal)),
  ...import.meta.glob<Language>('../languages/*.json', { query: { page: 'terminal' }, import: 'default' }),
};
