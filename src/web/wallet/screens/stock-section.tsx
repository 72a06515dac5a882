import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { stockInBackground } from '../device/stocking.ts';
import { enter } from '../enter.ts';
import type { Face } from '../face.ts';
import { say } from '../say.ts';
import { Note } from './page.tsx';
import { StockProgress } from './stock-progress.tsx';

/** Where it is time for passes: one touch fetches them. And why none come, where that is so. */
export function StockSection({ app, face }: { readonly app: App; readonly face: Face }) {
  const busy = useSignal(false);
  const wrong = useSignal('');
  const run = async (): Promise<void> => {
    busy.value = true;
    wrong.value = '';
    const inside = await enter(app.phone, face);
    busy.value = false;
    if (typeof inside === 'string') wrong.value = say(`wallet.sign_in.${inside}`);
    else await stockInBackground(app, inside.vault, inside.session.token);
  };
  if (app.stocking.value !== null) return <StockProgress app={app} />;
  const trouble = app.stockTrouble.value ?? app.book.value.distrust;
  const due = app.online.value && app.stockDue();
  if (!due && trouble === null) return null;
  return (
    <section class="refill">
      {trouble === null && <p>{say('wallet.stock.due')}</p>}
      {trouble !== null && <Note kind="wrong" text={say(`wallet.stock.trouble.${trouble}`)} />}
      {due && (
        <Button busy={busy.value} onClick={() => void run()}>
          {say(trouble === null ? 'wallet.stock.do' : 'wallet.again')}
        </Button>
      )}
      {wrong.value !== '' && <Note kind="wrong" text={wrong.value} />}
    </section>
  );
}
