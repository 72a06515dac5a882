/** Code 128 in set C, two digits to a symbol, for laser scanners. Loaded when somebody asks for it. */

import { raw } from 'bwip-js/browser';

/** Modules of white that a laser needs at either end (ISO/IEC 15417). */
const QUIET = 10;

/** The bars as a path of height 1, and how many modules wide it is, quiet zones included. */
export function drawBarcode(digits: string): { readonly width: number; readonly path: string } {
  if (!/^([0-9]{2})+$/.test(digits)) throw new TypeError('A barcode holds pairs of digits only.');
  const [drawn] = raw('code128', digits, 'parse=false') as readonly { readonly sbs?: readonly number[] }[];
  let at = QUIET;
  let path = '';
  for (const [place, width] of (drawn?.sbs ?? []).entries()) {
    if (place % 2 === 0) path += `M${at} 0h${width}v1h-${width}z`;
    at += width;
  }
  return { width: at + QUIET, path };
}
