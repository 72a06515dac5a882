/**
 * Has the shell of a page kept, so that it opens without a network. A worker of the page's is asked for by its own
 * address, so a page whose workers belong to its shell names their folder as well.
 */
export function keepShell(page: string, ...alsoBelow: readonly string[]): void {
  if (!('serviceWorker' in navigator)) return;
  for (const scope of [page, ...alsoBelow]) {
    void navigator.serviceWorker.register(`${page}-worker.js`, { scope, updateViaCache: 'none' });
  }
}
