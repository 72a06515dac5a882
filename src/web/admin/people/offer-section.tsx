import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { makeOffer } from '../../../issuance/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { copyText } from '../device/copy-text.ts';
import type { Office } from '../office.ts';
import { LinkCode } from '../parts/link-code.tsx';
import { Note } from '../parts/note.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import type { Offer } from './offer.ts';
import { OfferLetter } from './offer-letter.tsx';
import { nameOf, type Person } from './person.ts';

interface OfferProps {
  readonly office: Office;
  readonly person: Person;
  /** The person is not what the page thought: to be read again. */
  readonly onRefused: () => void;
}

/** Makes an offer of all that the person has, and shows it this once: the link here, the transaction code apart. */
export function OfferSection({ office, person, onRefused }: OfferProps) {
  const offer = useSignal<Offer | null>(null);
  const busy = useSignal(false);
  const wrong = useSignal<Said | null>(null);
  const name = nameOf(person);
  const make = async (): Promise<void> => {
    busy.value = true;
    const path = 'POST /v1/people/{id}/offers';
    const made = await office.call<typeof makeOffer>(path, { params: { id: person.id }, body: {} });
    busy.value = false;
    offer.value = made.kind === 'answered' ? made.body : null;
    const refused = made.kind === 'refused' && made.problem.code === 'conflict';
    if (refused) onRefused();
    if (made.kind === 'answered') wrong.value = null;
    else wrong.value = refused ? said('admin.offer.refused', { name }) : troubleOf(made);
  };
  return (
    <section class="part">
      <h3>{say('admin.offer.title')}</h3>
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      {offer.value !== null && (
        <OfferCard key={offer.value.id} office={office} name={name} offer={offer.value} />
      )}
      {person.state === 'active' ? (
        <>
          {offer.value === null && <p class="quiet">{say('admin.offer.how', { name })}</p>}
          <div class="actions">
            <Button
              kind={offer.value === null ? 'main' : 'plain'}
              icon={offer.value === null ? 'link' : 'again'}
              busy={busy.value}
              onClick={() => void make()}
            >
              {say(offer.value === null ? 'admin.offer.make' : 'admin.offer.make_another')}
            </Button>
          </div>
        </>
      ) : (
        <p class="quiet">{say('admin.person.not_active')}</p>
      )}
    </section>
  );
}

interface CardProps {
  readonly office: Office;
  readonly name: string;
  readonly offer: Offer;
}

function OfferCard({ office, name, offer }: CardProps) {
  const { wallet_url, tx_code, expires_at } = offer;
  const card = useRef<HTMLElement>(null);
  const copied = useSignal<Said | null>(null);
  useEffect(() => {
    card.current?.focus();
    office.letter.value = () => <OfferLetter name={name} offer={offer} />;
    return () => {
      office.letter.value = null;
    };
  }, []);
  const copy = async (): Promise<void> => {
    copied.value = await copyText(wallet_url);
  };
  return (
    <section class="offer" ref={card} tabIndex={-1} aria-label={say('admin.offer.made')}>
      <div class="offer-link">
        <p class="offer-head">{say('admin.offer.scan')}</p>
        <LinkCode link={wallet_url} label={say('admin.offer.code_of')} />
        <Field
          label={say('admin.offer.link')}
          value={wallet_url}
          readOnly
          dir="ltr"
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <div class="actions">
          <Button icon="copy" onClick={() => void copy()}>
            {say('admin.offer.copy')}
          </Button>
          <Button icon="print" onClick={() => print()}>
            {say('admin.offer.print')}
          </Button>
        </div>
        <Note kind="done" text={copied.value && sayAll(copied.value)} />
      </div>
      <div class="offer-code">
        <p class="offer-head">{say('admin.offer.tx_code')}</p>
        <p class="tx-code figures" dir="ltr">
          {tx_code}
        </p>
        <p>{say('admin.offer.apart')}</p>
        <p class="quiet small">{say('admin.offer.until', { date: momentText(expires_at) })}</p>
      </div>
    </section>
  );
}
