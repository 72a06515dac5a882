import { toBuffer } from 'qrcode';
import { drawQr, LEVEL, modulesOf, numeric, QUIET } from '../formats/qr.ts';

/**
 * The digits as a QR code in SVG: black modules on white, whatever surrounds them. A module is `module` units wide.
 * Without style or script, it stands in a page under any content security policy.
 */
export function qrSvg(digits: string, { module = 4, title }: { module?: number; title: string }): string {
  const { side, path } = drawQr(digits);
  const size = side * module;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${size}" height="${size}" ` +
    `viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><title>${escaped(title)}</title>` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`
  );
}

/** The digits as a QR code for a terminal of any colours: two modules to a character, black on white. */
export function qrTerminal(digits: string): string {
  const dark = modulesOf(digits);
  const side = dark.length + 2 * QUIET;
  const at = (row: number, column: number): boolean => dark[row - QUIET]?.[column - QUIET] ?? false;
  const lines: string[] = [];
  for (let row = 0; row < side; row += 2) {
    const halves = Array.from({ length: side }, (_, column) => half(at(row, column), at(row + 1, column)));
    lines.push(`${BLACK_ON_WHITE}${halves.join('')}${AS_BEFORE}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The digits as a QR code in PNG, a module `scale` pixels wide. */
export function qrPng(digits: string, scale: number): Promise<Buffer> {
  return toBuffer(numeric(digits), { ...LEVEL, type: 'png', scale, margin: QUIET });
}

/** Black and white of the 256 colours, which no theme of a terminal changes. */
const BLACK_ON_WHITE = '\x1b[38;5;16;48;5;231m';
const AS_BEFORE = '\x1b[0m';

function half(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
