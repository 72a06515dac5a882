import { aimInWords, type Line, reached } from './line.ts';

export const HEADS = ['line', 'a second', 'floor', 'ratio', 'p50 ms', 'p99 ms', 'aim', ''] as const;

/** A line's cells, in the order of the heads. */
export function cellsOf(line: Line): readonly string[] {
  const [met, aim] = [reached(line), aimInWords(line)];
  const numbers = [line.rate, line.floor, line.ratio, line.p50_ms, line.p99_ms].map(inFigures);
  const slope = line.mb_per_minute === null ? '' : `${line.mb_per_minute} MB a minute; `;
  return [line.name, ...numbers, slope + aim, met === null ? '' : met ? 'reached' : 'not reached'];
}

/** A table for the screen, with the notes below it. */
export function screenTable(lines: readonly Line[]): string {
  const rows = [HEADS, ...lines.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const text = rows.map((row) =>
    row
      .map((cell, column) =>
        isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const notes = lines.flatMap(({ name, note }) => (note === null ? [] : [`${name}: ${note}`]));
  return [...text, '', ...notes].join('\n');
}

/** A table for a Markdown page. */
export function markdownTable(lines: readonly Line[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = HEADS.map((_, column) => (isNumber(column) ? '---:' : '---'));
  return [row(HEADS), row(rule), ...lines.map((line) => row(cellsOf(line)))].join('\n');
}

function isNumber(column: number): boolean {
  return column >= 1 && column <= 5;
}

function inFigures(value: number | null): string {
  return value === null
    ? ''
    : value.toLocaleString('en', { maximumSignificantDigits: value >= 100 ? 21 : 3 });
}
