import { wrongField } from '../kernel/fault.ts';

const LARGEST = 20_000;
const MOST_PIXELS = 40_000_000;
/** Width, height and JPEG quality, tried in turn until the picture is small enough. */
const SIZES: readonly (readonly [number, number, number])[] = [
  [300, 400, 75],
  [240, 320, 70],
  [240, 320, 50],
  [180, 240, 50],
  [120, 160, 40],
];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * A picture (JPEG, PNG or WebP; base64, or a data URL) as a portrait: an upright JPEG of at most 20 kB without any
 * of the picture's metadata. Refuses as `invalid_request` at `/portrait` what is not such a picture.
 */
export async function makePortrait(picture: string): Promise<Uint8Array> {
  const base64 = picture.replace(/^data:image\/[a-z]+;base64,/, '');
  if (!BASE64.test(base64)) throw notAPicture('This is not base64.');
  const { default: sharp } = await import('sharp');
  const source = Buffer.from(base64, 'base64');
  try {
    const image = sharp(source, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { format } = await image.metadata();
    if (!['jpeg', 'png', 'webp'].includes(format)) throw notAPicture('A portrait is a JPEG, PNG or WebP.');
    for (const [width, height, quality] of SIZES) {
      const upright = image.clone().autoOrient().flatten({ background: '#ffffff' });
      const jpeg = await upright
        .resize(width, height, { fit: 'inside' })
        .jpeg({ quality, mozjpeg: true })
        .toBuffer();
      if (jpeg.length <= LARGEST) return new Uint8Array(jpeg);
    }
  } catch {
    throw notAPicture('This is not a picture that can be read: a JPEG, PNG or WebP.');
  }
  throw notAPicture('This picture cannot be made small enough.');
}

function notAPicture(detail: string) {
  return wrongField('/portrait', 'not_a_picture', detail);
}
