/** Code 128 in set C, two digits to a symbol, for laser scanners. Loaded when somebody asks for it. */

import { code128, type DrawingContext } from 'bwip-js/browser';

/** Modules of white that a laser needs at either end (ISO/IEC 15417). */
const QUIET = 10;

/** Bars as a path of height 1, and how many modules wide it is, quiet zones included. */
export interface BarcodeDrawing {
  readonly width: number;
  readonly path: string;
}

/** Draws an even number of digits, which set C takes two by two. Anything else is refused as a bug. */
export function drawBarcode(digits: string): BarcodeDrawing {
  if (!/^([0-9]{2})+$/.test(digits)) throw new TypeError('A barcode holds pairs of digits only.');
  return code128({ bcid: 'code128', text: digits, scale: 1, includetext: false }, bars());
}

/** Takes the bars as the library draws them, one module to a unit, and nothing else. */
function bars(): DrawingContext<BarcodeDrawing> {
  const nothing = (): void => {};
  let modules = 0;
  let path = '';
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      modules = width;
    },
    line: (...[x0, , , , width]) => {
      // Its place is the middle of the bar, rounded up to a whole module.
      path += `M${QUIET + x0 - Math.ceil(width / 2)} 0h${width}v1h-${width}z`;
    },
    polygon: nothing,
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ width: modules + 2 * QUIET, path }),
  };
}
