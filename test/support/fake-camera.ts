/** A picture for Chromium's pretended camera: codes on a grey wall, as raw video that needs no encoder. */

import { writeFileSync } from 'node:fs';
import { create } from 'qrcode';

const [WIDTH, HEIGHT] = [640, 480];
const MODULE = 9;
const QUIET = 4;
const [GREY, WHITE, BLACK] = [120, 235, 16];

/** Writes a video that shows the digits as a QR code, to be looked at for as long as it takes. */
export function writeCameraVideo(file: string, digits: string): void {
  const { modules } = create([{ data: digits, mode: 'numeric' }], { errorCorrectionLevel: 'M' });
  const side = (modules.size + 2 * QUIET) * MODULE;
  const [left, top] = [(WIDTH - side) >> 1, (HEIGHT - side) >> 1];
  const luma = Buffer.alloc(WIDTH * HEIGHT, GREY);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / MODULE) - QUIET, Math.floor(x / MODULE) - QUIET];
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size;
      const dark = inside && modules.get(row, column) === 1;
      luma[(top + y) * WIDTH + left + x] = dark ? BLACK : WHITE;
    }
  }
  const colourless = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, colourless]);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([header, ...Array.from({ length: 5 }, () => frame)]));
}
