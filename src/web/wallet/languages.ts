/** The languages of the wallet. */

import { english, type Languages } from '../language/language.ts';
import type { Language } from '../language/words.ts';

export const LANGUAGES: Languages = {
  en: () => english(import('./messages/en.ts').then(({ wallet }) => wallet)),
  ...import.meta.glob<Language>('../languages/*.json', { query: { page: 'wallet' }, import: 'default' }),
};
