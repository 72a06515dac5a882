/**
 * English, which every other language is measured by: a key that is missing elsewhere fails the build. `{name}` is
 * filled in. A message of several forms is chosen by its `{count}` as the language's plural rules say.
 */
export const language = {
  direction: 'ltr',
  messages: {
    'language.choose': 'Language',
    close: 'Close',
    'countdown.left': { one: '{count} second left', other: '{count} seconds left' },
  },
} as const;
