/** Stocking up in the background, once at a time, while the page says how far it is. */

import { isFresh } from '../sign-in.ts';
import type { OpenVault } from '../vault.ts';
import type { App } from './app.ts';

/** Fetches the passes that it is time for, with a token of the holder. What comes of it, the app's signals say. */
export async function stockInBackground(app: App, vault: OpenVault, token: string): Promise<void> {
  const { phone, stocking, stockTrouble } = app;
  if (stocking.value !== null) return;
  stocking.value = { done: 0, total: 0 };
  stockTrouble.value = null;
  try {
    const [{ stockUp }, { workerBlinder }] = await Promise.all([
      import('../passes/stock-up.ts'),
      import('./blinding.ts'),
    ]);
    const blinder = workerBlinder();
    const tell = (progress: { readonly done: number; readonly total: number }): void => {
      stocking.value = progress;
      void app.look();
    };
    const { trouble } = await stockUp({ phone, blinder, tell }, vault, token).finally(blinder.close);
    stockTrouble.value = trouble;
  } catch (error) {
    // Whoever left closed the vault: what came so far is kept, and the rest comes the next time.
    if (!app.gone.aborted) throw error;
  } finally {
    stocking.value = null;
    await app.look();
  }
}

/** The same where it is time and the owner was verified a moment ago: nobody is asked again. */
export async function stockIfDue(app: App, vault: OpenVault): Promise<void> {
  const session = await vault.session();
  if (session === null || !isFresh(session, app.phone.world.now()) || !app.stockDue()) return;
  await stockInBackground(app, vault, session.token);
}

/** Learns whether the service has passes at all, as anybody could: for a wallet that has never asked. */
export async function learnOfPasses(app: App): Promise<void> {
  const issuer = app.face.value?.issuer;
  if (issuer === undefined) return;
  const [{ askerOf }, { lookIntoDirectory }] = await Promise.all([
    import('../passes/ask.ts'),
    import('../passes/stock-up.ts'),
  ]);
  await lookIntoDirectory(app.phone, askerOf(app.phone), issuer);
  await app.look();
}
