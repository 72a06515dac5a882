/** Codes as the camera of a till sees them: small, askew, in the dark, not quite sharp. */

import sharp from 'sharp';

/** What a camera does to a picture. */
export interface View {
  /** By how many degrees it is turned, before a grey wall. */
  readonly degrees: number;
  /** What is left of the light; 1 is all of it. */
  readonly light: number;
  /** Of the blur, the standard deviation in pixels of what is seen; 0 is sharp. */
  readonly blur: number;
}

/** A picture that is only made smaller. */
export const STEADY: View = { degrees: 0, light: 1, blur: 0 };
/** A phone that somebody holds up at a till. */
export const HELD_UP: View = { degrees: 7, light: 0.5, blur: 0.6 };

const WALL = { r: 120, g: 120, b: 120 };
const AROUND = 24;

/** The picture as it is seen: so many pixels wide, and its wall around it. PNG in, PNG out. */
export async function seen(picture: Uint8Array, width: number, view: View): Promise<Buffer> {
  const [top, left] = [AROUND, AROUND];
  const extended = { top, left, bottom: AROUND, right: AROUND, background: WALL };
  const small = await sharp(picture).removeAlpha().resize({ width }).extend(extended).png().toBuffer();
  const turned = await sharp(small)
    .rotate(view.degrees, { background: WALL })
    .linear(view.light, 0)
    .toBuffer();
  return view.blur === 0 ? turned : sharp(turned).blur(view.blur).png().toBuffer();
}
