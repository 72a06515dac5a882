import type { Said } from '../../language/words.ts';
import { said } from '../said.ts';

/** Puts a text onto the clipboard, and says whether that worked. */
export async function copyText(text: string): Promise<Said> {
  try {
    await navigator.clipboard.writeText(text);
    return said('admin.copied');
  } catch {
    return said('admin.not_copied');
  }
}
