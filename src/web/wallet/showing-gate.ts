/** What comes before every showing: the owner's touch, and again after the wallet left the front. */

import { type Signal, signal } from '@preact/signals';
import type { App } from './device/app.ts';
import { type UnlockTrouble, unlock } from './unlock.ts';
import type { OpenVault } from './vault.ts';

export type Gate = 'unlocking' | 'open' | UnlockTrouble;

/** A showing behind its gate, as its screen handles it. */
export interface GatedShowing {
  readonly gate: Signal<Gate>;
  /** Whether the code is hidden because the wallet left the front. */
  readonly covered: Signal<boolean>;
  /** Unlocks and begins; may be called again after a refusal. */
  begin(): Promise<void>;
  cover(): void;
  /** Unlocks once more, and shows on. */
  uncover(): Promise<void>;
  tick(): void;
  end(): void;
}

/** The gate of one showing; `open` answers the vault, or null if it stays shut. */
export function openGate({ face, phone }: Pick<App, 'face' | 'phone'>): Pick<
  GatedShowing,
  'gate' | 'covered'
> & {
  open(): Promise<OpenVault | null>;
} {
  const gate = signal<Gate>('unlocking');
  return {
    gate,
    covered: signal(false),
    async open() {
      gate.value = 'unlocking';
      const vault = face.value === null ? 'wrong_passkey' : await unlock(phone, face.value);
      gate.value = typeof vault === 'string' ? vault : 'open';
      return typeof vault === 'string' ? null : vault;
    },
  };
}
