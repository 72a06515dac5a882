import { LinkCode } from '../parts/link-code.tsx';
import { say } from '../say.ts';
import { dayText, momentText } from '../times.ts';
import type { Offer } from './offer.ts';

/**
 * The offer on paper: a letter with the link as a code to scan, and on a sheet of its own the transaction code, so
 * that the two can go different ways.
 */
export function OfferLetter({ name, offer }: { readonly name: string; readonly offer: Offer }) {
  const { wallet_url, tx_code, expires_at } = offer;
  return (
    <>
      <section class="letter-sheet">
        <p class="brand">Counterproof</p>
        <h1>{say('admin.letter.title')}</h1>
        <p>{say('admin.letter.to', { name })}</p>
        <p>{say('admin.letter.scan')}</p>
        <LinkCode link={wallet_url} label={say('admin.offer.code_of')} />
        <p>{say('admin.letter.code_apart')}</p>
        <p>{say('admin.letter.until', { date: momentText(expires_at) })}</p>
        <p class="letter-link" dir="ltr">
          {wallet_url}
        </p>
      </section>
      <section class="letter-sheet">
        <p class="brand">Counterproof</p>
        <h1>{say('admin.offer.tx_code')}</h1>
        <p>{say('admin.letter.to', { name })}</p>
        <p class="letter-code figures" dir="ltr">
          {tx_code}
        </p>
        <p>{say('admin.letter.code_how')}</p>
        <p>{say('admin.letter.until', { date: dayText(expires_at.slice(0, 10)) })}</p>
      </section>
    </>
  );
}
