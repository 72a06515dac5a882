import type { Language } from '../language/words.ts';

export const language: Language = {
  direction: 'rtl',
  messages: {
    'language.choose': 'اللغة',
    close: 'إغلاق',
    'countdown.left': {
      zero: 'لم تبقَ ثوانٍ',
      one: 'بقيت ثانية واحدة',
      two: 'بقيت ثانيتان',
      few: 'بقيت {count} ثوانٍ',
      many: 'بقيت {count} ثانية',
      other: 'بقيت {count} ثانية',
    },
  },
};
