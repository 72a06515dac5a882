/** The languages of the terminal, which has no words but those of every page. */

import { english, type Languages } from '../language/language.ts';
import type { Language } from '../language/words.ts';

export const LANGUAGES: Languages = {
  en: () => english(),
  ...import.meta.glob<Language>('../languages/*.json', { query: { page: 'terminal' }, import: 'default' }),
};
