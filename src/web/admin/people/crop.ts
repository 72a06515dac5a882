/** Which part of a picture becomes the portrait. Pure. */

export interface Crop {
  /** 1 shows as much as the frame takes; 3 a third of it. */
  readonly zoom: number;
  /** Where the frame stands between the two edges, from 0 to 1. */
  readonly x: number;
  readonly y: number;
}

/** In the middle, a little towards the top, where faces are. */
export const FIRST_CROP: Crop = { zoom: 1, x: 0.5, y: 0.4 };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a picture, in its own pixels, that fills a frame of a shape (width by height). It never leaves the picture. */
export function shownPart(picture: Size, shape: number, { zoom, x, y }: Crop) {
  const widest = Math.min(picture.width, picture.height * shape);
  const width = widest / Math.max(1, zoom);
  const height = width / shape;
  const within = (share: number): number => Math.min(1, Math.max(0, share));
  return {
    left: (picture.width - width) * within(x),
    top: (picture.height - height) * within(y),
    width,
    height,
  };
}
