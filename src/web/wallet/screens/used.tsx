import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Asking } from '../became.ts';
import type { Choice } from '../choice.ts';
import type { App } from '../device/app.ts';
import { say } from '../say.ts';
import { leftOutBy, titleOf } from '../showing-view.ts';
import { Page } from './page.tsx';
import { learned } from './words.ts';

interface UsedProps {
  readonly app: App;
  readonly choice: Choice;
  readonly asking: Asking;
  readonly again: () => void;
}

/** Who asked, and what they learned. */
export function Used({ app, choice, asking, again }: UsedProps) {
  const leftOut = leftOutBy(asking.told);
  const { shop, asked, told } = asking;
  return (
    <Page
      title={sayAll(titleOf(choice))}
      onBack={app.back}
      actions={
        <>
          <Button onClick={again}>{say('wallet.show.again')}</Button>
          <p class="aside">
            {say('wallet.used.too_much')}{' '}
            <Button kind="quiet" onClick={() => app.go({ at: 'report', entry: { shop, asked } })}>
              {say('wallet.used.report')}
            </Button>
          </p>
        </>
      }
    >
      <section class="used" role="status">
        <p class="used-when">{say('wallet.used.title', { time: new Date(asking.askedAt) })}</p>
        <p class="used-by">{say('wallet.used.by', { shop: shop.name })}</p>
        <p class="used-learned">{say('wallet.used.learned')}</p>
        <ul class="used-claims">
          {told.map((claim) => (
            <li key={claim}>{learned(claim)}</li>
          ))}
        </ul>
        {leftOut && <p>{sayAll(leftOut)}</p>}
      </section>
    </Page>
  );
}
