/** A group of an answer: what it is of, and how many. */
export interface Group {
  readonly of: Readonly<Record<string, string | null>>;
  readonly count: number;
}

/**
 * Which groups are not told, by their places: those below the minimum, since a few could point at somebody; and of
 * every total that can be formed over the groups, as many more as it takes that nobody can subtract: at least two,
 * so many together that the small one may have been any number below the minimum. The smallest go first.
 */
export function hiddenGroups(groups: readonly Group[], minimum: number): ReadonlySet<number> {
  const hidden = new Set(groups.flatMap(({ count }, place) => (count < minimum ? [place] : [])));
  const totals = totalsOf(groups);
  let before = -1;
  while (hidden.size > before) {
    before = hidden.size;
    for (const total of totals) protect(total, groups, hidden, minimum);
  }
  return hidden;
}

/** The members of every total: of all together, and of each that a question with fewer dimensions would answer. */
function totalsOf(groups: readonly Group[]): readonly (readonly number[])[] {
  const names = Object.keys(groups[0]?.of ?? {});
  const subsets = Array.from({ length: 2 ** names.length - 1 }, (_, bits) =>
    names.filter((_name, place) => (bits & (1 << place)) !== 0),
  );
  return subsets.flatMap((subset) => {
    const members = new Map<string, number[]>();
    groups.forEach(({ of }, place) => {
      const key = JSON.stringify(subset.map((name) => of[name]));
      members.set(key, [...(members.get(key) ?? []), place]);
    });
    return [...members.values()].filter((places) => places.length > 1);
  });
}

function protect(
  total: readonly number[],
  groups: readonly Group[],
  hidden: Set<number>,
  minimum: number,
): void {
  const countOf = (place: number): number => groups[place]?.count ?? 0;
  const secret = total.filter((place) => hidden.has(place));
  if (secret.length === 0) return;
  const told = total.filter((place) => !hidden.has(place)).sort((a, b) => countOf(a) - countOf(b));
  let together = secret.reduce((sum, place) => sum + countOf(place), 0);
  let many = secret.length;
  for (const place of told) {
    if (many >= 2 && together >= 2 * minimum - 1) return;
    hidden.add(place);
    together += countOf(place);
    many += 1;
  }
}
