/** The camera, and the worker that looks for codes in its picture. Thin: what counts as a scan is decided elsewhere. */

/** Milliseconds from one look to the next, when the one before is done. */
const EVERY = 80;
/** Wider pictures take longer to read and show a code no better. */
const WIDEST = 1_280;

export type CameraTrouble = 'denied' | 'none';
/** The camera behind the screen, which looks at the customer of a cashier, or the one before it. */
export type Facing = 'environment' | 'user';

export interface Looking {
  readonly stop: () => void;
}

/** Shows the camera's picture in a video element and tells each text that is read. Throws a CameraTrouble. */
export async function look(
  video: HTMLVideoElement,
  facing: Facing,
  read: (text: string) => void,
): Promise<Looking> {
  const stream = await open(facing);
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  let timer: ReturnType<typeof setTimeout>;
  const next = (): void => {
    timer = setTimeout(() => void sendPicture(video, worker).then((sent) => sent || next()), EVERY);
  };
  worker.onmessage = ({ data }: MessageEvent<readonly string[]>) => {
    for (const text of data) read(text);
    next();
  };
  video.srcObject = stream;
  const faces = stream.getVideoTracks()[0]?.getSettings().facingMode;
  video.classList.toggle('mirrored', faces === 'user');
  await video.play();
  next();
  return {
    stop: () => {
      clearTimeout(timer);
      worker.terminate();
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
}

async function open(facingMode: Facing): Promise<MediaStream> {
  const wanted = { facingMode, width: { ideal: WIDEST }, height: { ideal: 720 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch (thrown) {
    const denied = thrown instanceof DOMException && thrown.name === 'NotAllowedError';
    throw (denied ? 'denied' : 'none') satisfies CameraTrouble;
  }
}

/** Hands one picture over to the worker, which answers with what it read; false while there is no picture. */
async function sendPicture(video: HTMLVideoElement, worker: Worker): Promise<boolean> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return false;
  const picture = await createImageBitmap(video).catch(() => null);
  if (picture === null) return false;
  worker.postMessage(picture, [picture]);
  return true;
}
