/** Draws docs/benchmarks.svg from the last run: each line's share of its floor as a bar, and its aim as a mark. */

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { aimInWords, type Line, reached } from './support/line.ts';
import { readResults } from './support/results.ts';

const INK = '#14171a';
const PAPER = '#faf8f4';
const RULE = '#e3ded4';
const MUTED = '#5f6670';
const ACCENT = '#1f3fa8';
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

const WIDTH = 960;
const MARGIN = 40;
const TOP = 112;
const ROW = 48;
const BAR = 20;
const NAMES = 270;
const VALUES = 264;
const STEP = 0.5;
const LEGEND =
  'The mark is the aim. Filled: reached. Outlined: not reached. Grey: for orientation. 1 is the floor itself.';

interface Ratio extends Line {
  readonly ratio: number;
}

const lines = readResults();
const ratios = lines.filter((line): line is Ratio => line.aim_of === 'ratio' && line.ratio !== null);
const others = lines.filter((line) => line.aim_of !== 'ratio');
const longest = Math.max(1, ...ratios.flatMap(({ ratio, aim }) => [ratio, aim ?? 0]));
const most = Math.ceil(longest / STEP) * STEP;
const bottom = TOP + ratios.length * ROW;
const height = bottom + 56 + others.length * 24 + 16;

writeFileSync(resolve('docs/benchmarks.svg'), picture());

function picture(): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t d" font-family="${FONT}" style="font-variant-numeric: tabular-nums">`,
    '  <title id="t">What the service reaches of what its parts cost alone</title>',
    `  <desc id="d">${escaped(ratios.map(inWords).join('; '))}.</desc>`,
    `  <rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>`,
    text(MARGIN, 48, 'Share of the floor', { size: 20, weight: 600 }),
    text(MARGIN, 72, LEGEND, {
      fill: MUTED,
    }),
    ...steps().flatMap(gridLine),
    ...ratios.flatMap(bar),
    ...others.map((line, at) => text(MARGIN, bottom + 56 + at * 24, besides(line), { fill: MUTED })),
    '</svg>',
  ].join('\n')}\n`;
}

function steps(): readonly number[] {
  return Array.from({ length: Math.round(most / STEP) + 1 }, (_, i) => i * STEP);
}

function at(ratio: number): number {
  return NAMES + MARGIN + (ratio / most) * (WIDTH - NAMES - VALUES - 2 * MARGIN);
}

function gridLine(ratio: number): readonly string[] {
  const x = at(ratio).toFixed(1);
  const colour = ratio === 1 ? MUTED : RULE;
  return [
    `  <path d="M${x} ${TOP - 8}V${bottom}" stroke="${colour}" stroke-width="1"/>`,
    text(at(ratio), bottom + 20, String(ratio), { fill: MUTED, anchor: 'middle', size: 14 }),
  ];
}

function bar(line: Ratio, row: number): readonly string[] {
  const top = TOP + row * ROW + (ROW - BAR) / 2;
  const [left, right] = [at(0), at(line.ratio)];
  const baseline = top + BAR - 5;
  const stroke = line.aim === null ? MUTED : ACCENT;
  const fill = reached(line) === false ? PAPER : stroke;
  const width = Math.max(0, right - left).toFixed(1);
  return [
    text(left - 16, baseline, line.name, { anchor: 'end' }),
    `  <rect x="${left.toFixed(1)}" y="${top}" width="${width}" height="${BAR}" fill="${fill}" stroke="${stroke}" stroke-width="1.75"/>`,
    ...(line.aim === null ? [] : [mark(at(line.aim), top)]),
    text(WIDTH - MARGIN, baseline, verdict(line), { anchor: 'end' }),
  ];
}

/** Ink on paper, with paper around it, so that it is seen on the bar as well as beside it. */
function mark(x: number, top: number): string {
  const path = `M${x.toFixed(1)} ${top - 6}v${BAR + 12}`;
  return `  <path d="${path}" stroke="${PAPER}" stroke-width="6"/><path d="${path}" stroke="${INK}" stroke-width="2.5"/>`;
}

function verdict(line: Ratio): string {
  if (line.aim === null) return String(line.ratio);
  return `${line.ratio}, aim ${line.aim}${reached(line) ? '' : ', not reached'}`;
}

function inWords(line: Ratio): string {
  return `${line.name}: ${verdict(line)}`;
}

function besides(line: Line): string {
  const missed = reached(line) === false ? ', not reached' : '';
  const value =
    line.aim_of === 'p99_ms'
      ? `p99 ${line.p99_ms} ms ${line.note ?? ''}`
      : `${line.mb_per_minute} MB a minute`;
  return `${line.name}: ${value} (aim: ${aimInWords(line)}${missed})`;
}

interface Style {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

function text(x: number, y: number, words: string, style: Style = {}): string {
  const { size = 16, weight = 400, fill = INK, anchor = 'start' } = style;
  return `  <text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
