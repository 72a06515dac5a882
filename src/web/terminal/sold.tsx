import { Icon } from '../design/icon.tsx';
import { say } from '../language/language.ts';
import {
  askedFor,
  type Basket,
  type OfferedPolicy,
  type Shelf,
  shelves,
  titlesOf,
  toggle,
  toggleTill,
} from './basket.ts';

interface SoldProps {
  readonly policies: readonly OfferedPolicy[];
  readonly basket: Basket;
  readonly onChange: (basket: Basket) => void;
}

/** What is sold: a large button for each policy, as many of them pressed as there are things in the basket. */
export function Sold({ policies, basket, onChange }: SoldProps) {
  const asked = askedFor(basket);
  return (
    <section class="sold" aria-label={say('till.sold')}>
      {policies.length === 0 && <p class="quiet">{say('till.loading')}</p>}
      {shelves(policies).map((shelf) => (
        <div key={shelf.age} class="shelf">
          <h2 class="figures">{shelfName(shelf)}</h2>
          <ul class="shelf-things">
            {shelf.policies.map(({ id, title }) => (
              <li key={id}>
                <SoldButton
                  title={title}
                  pressed={asked.includes(id)}
                  onPress={() => onChange(toggle(basket, id))}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div class="sold-till">
        <SoldButton
          title={say('till.by_till')}
          note={sentWords(basket, policies)}
          pressed={basket.by === 'till'}
          onPress={() => onChange(toggleTill(basket))}
        />
      </div>
    </section>
  );
}

function shelfName({ age }: Shelf): string {
  return age === null ? say('till.no_age') : say('till.years', { years: age });
}

interface SoldButtonProps {
  readonly title: string;
  readonly note?: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function SoldButton({ title, note, pressed, onPress }: SoldButtonProps) {
  return (
    <button type="button" class="sold-button" aria-pressed={pressed} onClick={onPress}>
      <span class="sold-title">
        <bdi>{title}</bdi>
        {note !== undefined && <span class="sold-note">{note}</span>}
      </span>
      {pressed && <Icon name="check" />}
    </button>
  );
}

function sentWords({ sent }: Basket, policies: readonly OfferedPolicy[]): string {
  if (sent === null) return say('till.sent_nothing');
  return titlesOf(sent, policies).join(' · ');
}
