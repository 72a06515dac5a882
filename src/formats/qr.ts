/// <reference path="./qrcode-core.d.ts" />
/** QR codes (ISO/IEC 18004), error correction M, as a path that any drawing can hold: of digits, in numeric mode, and of links. */

// The core alone: what draws on canvas, files and terminals would double what a browser loads.
import type { BitMatrix } from 'qrcode';
import { create } from 'qrcode/lib/core/qrcode.js';

/** Modules of white that a reader needs around a code. */
export const QUIET = 4;
export const LEVEL = { errorCorrectionLevel: 'M' } as const;

/** A code as a drawing: the side of its square in modules, quiet zone included, and the path of its dark modules. */
export interface QrDrawing {
  readonly side: number;
  readonly path: string;
}

/** Draws digits, to be filled dark on white. Whatever is not a digit is refused as a bug. */
export function drawQr(digits: string): QrDrawing {
  return drawn(modulesOf(digits));
}

/** Draws a link, to be filled dark on white. It has to fit a code at all: 2,331 bytes at the most. */
export function drawLinkQr(link: string): QrDrawing {
  return drawn(darkIn(create(link, LEVEL).modules));
}

/** Whether each module is dark, row by row, without the quiet zone. */
export function modulesOf(digits: string): readonly (readonly boolean[])[] {
  return darkIn(create(numeric(digits), LEVEL).modules);
}

/** Digits take 3⅓ bits in numeric mode: the 34 of a ticket fill the smallest code there is. */
export function numeric(digits: string) {
  if (!/^[0-9]+$/.test(digits)) throw new TypeError('A code holds digits only.');
  return [{ data: digits, mode: 'numeric' as const }];
}

function darkIn(modules: BitMatrix): readonly (readonly boolean[])[] {
  const each = Array.from({ length: modules.size }, (_, i) => i);
  return each.map((row) => each.map((column) => modules.get(row, column) === 1));
}

function drawn(dark: readonly (readonly boolean[])[]): QrDrawing {
  return { side: dark.length + 2 * QUIET, path: pathOf(dark) };
}

/** Each run of dark modules in a row as one rectangle. */
function pathOf(dark: readonly (readonly boolean[])[]): string {
  const runs = dark.flatMap((row, y) => {
    const line = row.map((module) => (module ? '1' : '0')).join('');
    return [...line.matchAll(/1+/g)].map(
      ({ 0: { length }, index }) => `M${index + QUIET} ${y + QUIET}h${length}v1h-${length}z`,
    );
  });
  return runs.join('');
}
