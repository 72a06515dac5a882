/** Reads QR codes off the camera's picture. The decoder is loaded when the camera is asked for, and not before. */

import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import decoder from 'zxing-wasm/reader/zxing_reader.wasm?url';

const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 };
/** Milliseconds between two looks, and the side of what is looked at, in pixels. */
const EVERY = 150;
const MOST = 720;

/** Shows the camera in the element and tells each text that it reads, until stopped. Throws if there is no camera. */
export async function scanInto(video: HTMLVideoElement, found: (text: string) => void): Promise<() => void> {
  prepareZXingModule({ overrides: { locateFile: () => decoder } });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.srcObject = stream;
  await video.play();
  const drawing = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  let stopped = false;
  const look = async (): Promise<void> => {
    if (stopped || drawing === null) return;
    const picture = pictureOf(video, drawing);
    const codes = picture === null ? [] : await readBarcodes(picture, OPTIONS);
    for (const { text } of codes) if (!stopped) found(text);
    if (!stopped) setTimeout(() => void look(), EVERY);
  };
  void look();
  return () => {
    stopped = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

function pictureOf(video: HTMLVideoElement, drawing: OffscreenCanvasRenderingContext2D): ImageData | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, MOST / Math.max(videoWidth, videoHeight));
  const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
  drawing.canvas.width = width;
  drawing.canvas.height = height;
  drawing.drawImage(video, 0, 0, width, height);
  return drawing.getImageData(0, 0, width, height);
}
