/** Reads codes from pictures, away from the thread that draws the page. */

import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import decoder from 'zxing-wasm/reader/zxing_reader.wasm?url';

// The decoder comes from us, not from where the library would fetch it.
prepareZXingModule({ overrides: { locateFile: () => decoder } });

let canvas = new OffscreenCanvas(1, 1);

self.onmessage = async ({ data: picture }: MessageEvent<ImageBitmap>) => {
  const { width, height } = picture;
  if (canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(picture, 0, 0);
  picture.close();
  const pixels = context?.getImageData(0, 0, width, height);
  const found =
    pixels === undefined
      ? []
      : await readBarcodes(pixels, {
          formats: ['QRCode', 'Code128', 'EAN13', 'EAN8', 'UPCA'],
          maxNumberOfSymbols: 2,
        });
  self.postMessage(found.filter(({ isValid }) => isValid).map(({ text }) => text));
};
