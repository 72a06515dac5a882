import { Icon } from '../design/icon.tsx';
import { say } from '../language/language.ts';
import { type Basket, type OfferedPolicy, titlesOf } from './basket.ts';

interface AskedProps {
  readonly policies: readonly OfferedPolicy[];
  readonly basket: Basket;
}

/** What a web till asks about. It is not chosen here: the till counts on an answer to its own question. */
export function Asked({ policies, basket: { sent } }: AskedProps) {
  return (
    <section class="sold" aria-label={say('till.sold')}>
      {sent === null ? (
        <p class="quiet">{say('embed.idle_what')}</p>
      ) : (
        <ul class="asked">
          {titlesOf(sent, policies).map((title) => (
            <li key={title}>
              <Icon name="check" />
              <bdi>{title}</bdi>
            </li>
          ))}
        </ul>
      )}
      {sent?.reference && (
        <p class="quiet asked-reference">
          <bdi>{sent.reference}</bdi>
        </p>
      )}
    </section>
  );
}
