/** Pictures for Chromium's pretended camera, as raw video that needs no encoder. */

import { writeFileSync } from 'node:fs';
import { create } from 'qrcode';
import sharp from 'sharp';

const [WIDTH, HEIGHT] = [640, 480];
const MODULE = 9;
const QUIET = 4;
const [GREY, WHITE, BLACK] = [120, 235, 16];

/** Writes a video that shows the digits as a QR code on a grey wall, to be looked at for as long as it takes. */
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
  writeVideo(file, luma);
}

/** Writes a video of the wall alone. */
export function writeEmptyVideo(file: string): void {
  writeVideo(file, Buffer.alloc(WIDTH * HEIGHT, GREY));
}

/**
 * Writes a video of a phone's screen as a camera sees it that somebody holds a phone up to: turned a little, dimmed,
 * not quite sharp, before a grey wall.
 */
export async function writePhoneVideo(file: string, screenshot: string): Promise<void> {
  const background = { r: GREY, g: GREY, b: GREY };
  const phone = await sharp(screenshot)
    .resize({ height: HEIGHT - 50 })
    .removeAlpha()
    .toBuffer();
  const held = await sharp(phone).rotate(4.5, { background }).linear(0.7, 0).blur(0.6).toBuffer();
  const luma = await sharp(held)
    .resize({ width: WIDTH, height: HEIGHT, fit: 'contain', background })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  writeVideo(file, luma);
}

function writeVideo(file: string, luma: Buffer): void {
  if (luma.length !== WIDTH * HEIGHT) throw new Error('the picture has another size');
  const colourless = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, colourless]);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([header, ...Array.from({ length: 5 }, () => frame)]));
}
