/** A camera sees the same code many times a second. Only its coming into view counts. */
export interface InView {
  readonly text: string;
  readonly at: number;
}

/** Milliseconds out of sight after which a code that is seen again was shown again. */
const OUT_OF_SIGHT = 2_000;

/** Remembers what was seen, and says whether it has come into view just now. Times are milliseconds. */
export function see(
  before: InView | null,
  text: string,
  at: number,
): { readonly inView: InView; readonly fresh: boolean } {
  const fresh = before?.text !== text || at - before.at > OUT_OF_SIGHT;
  return { inView: { text, at }, fresh };
}
