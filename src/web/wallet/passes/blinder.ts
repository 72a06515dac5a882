/**
 * The arithmetic of blind signatures, away from the thread that draws: in a browser a worker stands behind it, in Node
 * it runs in line. Values are texts, so that they pass between threads and can be sealed as they are.
 */

import { blind, finalize } from '../../../formats/blind-rsa/blind.ts';
import { readRsaSpki } from '../../../formats/blind-rsa/public-key.ts';
import { passMessage } from '../../../formats/pass.ts';
import { type Bytes, base64url, fromBase64url } from '../../../kernel/bytes.ts';

/** A device key's message on its way to be signed. Whoever has the inverse can link request and pass. */
export interface BlindedKey {
  /** Base64url, as it is sent. */
  readonly blinded: string;
  /** Hexadecimal numbers. */
  readonly inverse: string;
  readonly encoded: string;
}

export interface Blinder {
  /** Blinds device keys for a signing key; null if that is not one. */
  blind(spki: Uint8Array, deviceKeys: readonly Uint8Array[]): Promise<readonly BlindedKey[] | null>;
  /** The signatures over the device keys, each verified; null in place of one that does not fit. */
  finalize(
    spki: Uint8Array,
    blinded: readonly BlindedKey[],
    signatures: readonly string[],
  ): Promise<readonly (Bytes | null)[]>;
  /** Lets go of what it runs on. */
  close(): void;
}

/** Runs where it is called. */
export function inlineBlinder(random: (length: number) => Uint8Array): Blinder {
  return {
    blind: async (spki, deviceKeys) => {
      const key = readRsaSpki(spki);
      if (key === null) return null;
      return deviceKeys.map((deviceKey) => {
        const { blinded, inverse, encoded } = blind(key, passMessage(deviceKey), random);
        return {
          blinded: base64url(blinded),
          inverse: inverse.toString(16),
          encoded: encoded.toString(16),
        };
      });
    },
    finalize: async (spki, blinded, signatures) => {
      const key = readRsaSpki(spki);
      return blinded.map(({ inverse, encoded }, at) => {
        const signature = fromBase64url(signatures[at] ?? '');
        if (key === null || signature === null) return null;
        return finalize(key, { inverse: BigInt(`0x${inverse}`), encoded: BigInt(`0x${encoded}`) }, signature);
      });
    },
    close: () => {},
  };
}
