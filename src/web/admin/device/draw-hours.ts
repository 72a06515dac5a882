/** Draws counts by hour with uPlot, in the colours of the page. */

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Hours } from '../overview/counts-view.ts';

const HEIGHT = 220;

/** Draws into an element, anew as its width or the theme changes. Answers what ends it. */
export function drawHours(place: HTMLElement, { at, counts }: Hours, locale: string): () => void {
  const data: uPlot.AlignedData = [[...at], [...counts]];
  let plot: uPlot | null = null;
  const draw = (): void => {
    plot?.destroy();
    plot = new uPlot(options(place, locale, spanOf(at)), data, place);
  };
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const watch = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height: HEIGHT }));
  draw();
  watch.observe(place);
  dark.addEventListener('change', draw);
  return () => {
    watch.disconnect();
    dark.removeEventListener('change', draw);
    plot?.destroy();
  };
}

function spanOf(at: readonly number[]): number {
  return (at.at(-1) ?? 0) - (at[0] ?? 0);
}

const DAY = 86_400;

function options(place: HTMLElement, locale: string, span: number): uPlot.Options {
  const style = getComputedStyle(place);
  const [muted, line, accent] = ['--muted', '--line', '--accent'].map((name) => style.getPropertyValue(name));
  const inDay = span <= 2 * DAY;
  const label = new Intl.DateTimeFormat(
    locale,
    inDay ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  );
  const figures = new Intl.NumberFormat(locale);
  const { bars } = uPlot.paths;
  const axis = { stroke: muted ?? '', font: `12px ${style.fontFamily}`, ticks: { show: false } };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 64,
        values: (_, splits) => splits.map((second) => label.format(new Date(second * 1000))),
      },
      {
        ...axis,
        size: 48,
        grid: { stroke: line ?? '', width: 1 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
        values: (_, splits) => splits.map((count) => figures.format(count)),
      },
    ],
    series: [
      {},
      {
        stroke: accent ?? '',
        fill: accent ?? '',
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars({ size: [0.7, 40] }) }),
      },
    ],
  };
}
