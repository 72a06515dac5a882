import type { App } from '../device/app.ts';
import { say } from '../say.ts';

/** How many passes are there of those that are being fetched. Nothing while none are. */
export function StockProgress({ app }: { readonly app: App }) {
  const now = app.stocking.value;
  if (now === null || now.total === 0) return null;
  return (
    <div class="stocking">
      <p class="small" aria-hidden="true">
        {say('wallet.stock.progress', { done: now.done, total: now.total })}
      </p>
      <progress value={now.done} max={now.total} aria-label={say('wallet.stock.fetching')} />
    </div>
  );
}
