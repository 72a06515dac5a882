/** A picture file as a portrait that is small enough to be sent. */

import type { Crop } from '../people/crop.ts';
import { shownPart } from '../people/crop.ts';

/** Pixels; the service makes it smaller still. */
const WIDTH = 450;
const HEIGHT = 600;
const QUALITY = 0.85;

/** A picture that was read. Whoever gets it closes it. */
export type Picture = ImageBitmap;

/** The picture in a file, upright. Null if this browser cannot read it. */
export async function readPicture(file: Blob): Promise<Picture | null> {
  try {
    return await createImageBitmap(file);
  } catch {
    return null;
  }
}

/** The part of a picture as a JPEG in a data URL, without what a camera writes beside it. */
export function croppedPortrait(picture: Picture, crop: Crop): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  // What is transparent would come out black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  const { left, top, width, height } = shownPart(picture, WIDTH / HEIGHT, crop);
  pen.drawImage(picture, left, top, width, height, 0, 0, WIDTH, HEIGHT);
  return canvas.toDataURL('image/jpeg', QUALITY);
}
