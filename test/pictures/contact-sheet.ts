/** Puts the pictures of a folder onto sheets, so that many screens are seen at once. */

import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { root } from '../support/checkout.ts';

const GAP = 12;
/** What a sheet measures at the most, in pixels. */
const SHEET = 1_900;

/** A sheet for each folder of pictures, beside it. Answers the sheets' paths from the root. */
export async function contactSheets(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const folders = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
  const sheets: string[] = [];
  for (const { name } of folders) sheets.push(await contactSheet(join(folder, name)));
  return sheets;
}

async function contactSheet(folder: string): Promise<string> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.png'));
  const { width = 1, height = 1 } = await sharp(join(folder, files[0] ?? '')).metadata();
  const columns = Math.max(1, Math.round(Math.sqrt((files.length * height) / width)));
  const [cellWidth, rows] = [Math.floor(SHEET / columns) - GAP, Math.ceil(files.length / columns)];
  const cellHeight = Math.round((cellWidth * height) / width);
  const tiles = await Promise.all(
    files.map(async (name, at) => ({
      input: await sharp(join(folder, name)).resize(cellWidth, cellHeight, { fit: 'inside' }).toBuffer(),
      left: GAP + (at % columns) * (cellWidth + GAP),
      top: GAP + Math.floor(at / columns) * (cellHeight + GAP),
    })),
  );
  const size = { width: SHEET + GAP, height: rows * (cellHeight + GAP) + GAP };
  const path = `${folder}.png`;
  await sharp({ create: { ...size, channels: 3, background: '#888888' } })
    .composite(tiles)
    .png()
    .toFile(path);
  return path.slice(root.length + 1).replace(basename(root), '');
}
