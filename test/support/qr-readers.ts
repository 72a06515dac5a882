/** Readers of codes that are none of ours, and know nothing of each other: QR codes, and the bars for scanners without a camera. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const ZBAR = '/usr/bin/zbarimg';

/** What a reader reads off a PNG; null if it finds no code. */
type Reader = (png: Uint8Array) => Promise<string | null>;

/** Why ZBar does not read here, or false. */
export const withoutZbar: string | false = existsSync(ZBAR)
  ? false
  : 'There is no zbarimg here; the package zbar-tools has it.';

/** The reader of ZXing, which the till's own page has as well. */
export const readByZxing: Reader = async (png) => {
  const decoder = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(decoder)).buffer } });
  const [found] = await readBarcodes(new Uint8Array(png), { formats: ['QRCode', 'Code128'] });
  return found?.text ?? null;
};

/** The reader of ZBar, as in scanners and their apps. */
export const readByZbar: Reader = async (png) => {
  const words = ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', '-Scode128.enable', 'png:-'];
  try {
    return execFileSync(ZBAR, words, { input: png, stdio: ['pipe', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch (thrown) {
    // It ends with 4 where it finds nothing.
    if (thrown instanceof Error && 'status' in thrown && thrown.status === 4) return null;
    throw thrown;
  }
};
