/** What one run of something showed: how many a second, and how long one took, in milliseconds. */
export interface Measure {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

/** What an aim is about. Ratios and rates are to be at least the aim, milliseconds and growth at most. */
export type AimOf = 'ratio' | 'p99_ms' | 'mb_per_minute';

/** One line of the results: something of ours beside its floor, which was measured in the same run. */
export interface Line {
  readonly name: string;
  /** What is counted by `rate` and `floor`, a second. */
  readonly unit: string;
  readonly rate: number;
  readonly floor: number | null;
  /** `rate` over `floor`: the higher, the better. */
  readonly ratio: number | null;
  readonly p50_ms: number | null;
  readonly p99_ms: number | null;
  readonly floor_p99_ms: number | null;
  /** Of resident memory under load. */
  readonly mb_per_minute: number | null;
  /** Null for a line that is for orientation. */
  readonly aim: number | null;
  readonly aim_of: AimOf;
  readonly note: string | null;
}

interface Naming {
  readonly name: string;
  readonly unit: string;
  readonly aim?: number;
  readonly aimOf?: AimOf;
  readonly note?: string;
}

/** The line of ours beside its floor. */
export function beside(naming: Naming, ours: Measure, floor: Measure | null): Line {
  return {
    name: naming.name,
    unit: naming.unit,
    rate: rounded(ours.rate),
    floor: floor === null ? null : rounded(floor.rate),
    ratio: floor === null ? null : rounded(ours.rate / floor.rate),
    p50_ms: rounded(ours.p50),
    p99_ms: rounded(ours.p99),
    floor_p99_ms: floor === null ? null : rounded(floor.p99),
    mb_per_minute: null,
    aim: naming.aim ?? null,
    aim_of: naming.aimOf ?? 'ratio',
    note: naming.note ?? null,
  };
}

/** Whether a line reached its aim; null if it has none, or was not measured in what the aim is about. */
export function reached(line: Line): boolean | null {
  const value = line[line.aim_of];
  if (line.aim === null || value === null) return null;
  return line.aim_of === 'ratio' ? value >= line.aim : value <= line.aim;
}

/** The aim in words: `at least 0.5`, `p99 under 25 ms`. */
export function aimInWords({ aim, aim_of }: Line): string {
  if (aim === null) return '';
  if (aim_of === 'ratio') return `at least ${aim}`;
  return aim_of === 'p99_ms' ? `p99 under ${aim} ms` : `under ${aim} MB a minute`;
}

/** Three significant digits, and whole numbers from a hundred on. */
export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
