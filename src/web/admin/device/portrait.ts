/** A picture file as a portrait that is small enough to be sent. */

/** Pixels at the most; the service makes it smaller still. */
const WIDEST = 600;
const HIGHEST = 800;
const QUALITY = 0.85;

/**
 * The picture as a JPEG in a data URL, upright, and without what a camera writes beside it. Null if this browser
 * cannot read it.
 */
export async function portraitOf(file: Blob): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, WIDEST / picture.width, HIGHEST / picture.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext('2d');
    if (pen === null) return null;
    // What is transparent would come out black.
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas.toDataURL('image/jpeg', QUALITY);
  } catch {
    return null;
  }
}
