import { type Signal, useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { stockIfDue } from '../device/stocking.ts';
import { say } from '../say.ts';
import { topUp } from '../top-up.ts';
import { type UnlockTrouble, unlock } from '../unlock.ts';
import type { OpenVault } from '../vault.ts';
import { Note } from './page.tsx';

/** The vault for as long as its screen is shown. */
export interface VaultLock {
  readonly vault: Signal<OpenVault | null>;
  readonly trouble: Signal<UnlockTrouble | null>;
  open(): Promise<void>;
}

export function useVault(app: App): VaultLock {
  const vault = useSignal<OpenVault | null>(null);
  const trouble = useSignal<UnlockTrouble | null>(null);
  return {
    vault,
    trouble,
    async open() {
      const face = app.face.value;
      const opened = face === null ? 'wrong_passkey' : await unlock(app.phone, face);
      vault.value = typeof opened === 'string' ? null : opened;
      trouble.value = typeof opened === 'string' ? opened : null;
      if (face !== null && typeof opened === 'object' && (await topUp(app.phone, face, opened)))
        await app.look();
      if (typeof opened === 'object') await stockIfDue(app, opened);
    },
  };
}

/** Asks for the touch that opens it, and says if it was not the owner's. */
export function Unlocking({ lock, words }: { readonly lock: VaultLock; readonly words: string }) {
  const trouble = lock.trouble.value;
  return (
    <div class="unlocking">
      <p>{words}</p>
      <Button kind="main" icon="lock" onClick={() => void lock.open()}>
        {say('wallet.show.unlock')}
      </Button>
      {trouble === 'wrong_passkey' && <Note kind="wrong" text={say('wallet.show.wrong_passkey')} />}
      {trouble !== null && trouble !== 'wrong_passkey' && (
        <Note
          kind="wrong"
          text={trouble === 'refused' ? say('wallet.show.locked') : say('wallet.sign_in.unsupported')}
        />
      )}
    </div>
  );
}
