/** The language that is spoken when none can be had that was wished for. */
const LAST_RESORT = 'en';

/** The tag (BCP 47, base language) among `have`: what was chosen before, else the first wish of the browser, else English. */
export function chooseLanguage(
  kept: string | null,
  wishes: readonly string[],
  have: readonly string[],
): string {
  const wanted = [...(kept === null ? [] : [kept]), ...wishes.map(baseOf)];
  return wanted.find((tag) => have.includes(tag)) ?? LAST_RESORT;
}

/** The locale for dates and numbers: as the browser has it for this language, regions included, else the language alone. */
export function localeFor(tag: string, wishes: readonly string[]): string {
  return wishes.find((wish) => baseOf(wish) === tag) ?? tag;
}

function baseOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? tag;
}
