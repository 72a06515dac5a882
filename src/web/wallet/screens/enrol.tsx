import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App } from '../device/app.ts';
import { stockInBackground } from '../device/stocking.ts';
import { type FoundOffer, fill, lockPhone, lookUp } from '../enrol.ts';
import type { OfferLink } from '../offer.ts';
import { redeem } from '../redeem.ts';
import { say } from '../say.ts';
import type { Step } from './enrolment-step.ts';
import { LockCode } from './lock-code.tsx';
import { MakeLock } from './make-lock.tsx';
import { OfferSheet } from './offer-sheet.tsx';
import { Note, Page } from './page.tsx';

/** From a link to a phone that is ready: what will be stored, the code, the lock, the copies, the lock code. */
export function Enrol({ app, offer }: { readonly app: App; readonly offer: OfferLink | FoundOffer }) {
  const step = useSignal<Step>({ at: 'looking' });
  const look = async (): Promise<void> => {
    step.value = { at: 'looking' };
    const found = 'kind' in offer ? await lookUp(app.phone, offer) : offer;
    step.value =
      typeof found === 'string' ? { at: 'stuck', why: found } : { at: 'offered', found, wrong: null };
    // An offer to the same person's new phone has no code to ask for: nothing but the lock is left to do.
    if (typeof found === 'object' && found.offer.txCode === null) await redeemInto(app, step, found, null);
  };
  useEffect(() => void look(), []);
  return <StepOf app={app} step={step} />;
}

function StepOf({ app, step }: { readonly app: App; readonly step: Signal<Step> }) {
  const now = step.value;
  switch (now.at) {
    case 'looking':
      return (
        <Page title={say('wallet.enrol.title')} onBack={app.back}>
          <Note text={say('wallet.enrol.looking')} />
        </Page>
      );
    case 'stuck':
      return (
        <Page title={say('wallet.enrol.title')} onBack={app.back}>
          <Note kind="wrong" text={say(`wallet.enrol.trouble.${wordsFor(now.why)}`)} />
        </Page>
      );
    case 'offered':
      return <OfferSheet app={app} step={now} redeem={(code) => redeemInto(app, step, now.found, code)} />;
    case 'redeemed':
      return <MakeLock app={app} wrong={now.wrong} make={() => lockInto(app, step, now)} />;
    case 'filling':
      return (
        <Page title={say('wallet.enrol.filling')}>
          <p role="status">{say('wallet.enrol.filling.what')}</p>
        </Page>
      );
    case 'done':
      return <LockCode app={app} lockCode={now.lockCode} />;
  }
}

/** The reasons that have words; those about a code or a passkey are said beside it. */
function wordsFor(why: Extract<Step, { at: 'stuck' }>['why']) {
  return why === 'wrong_code' || why === 'unsupported' ? 'refused' : why;
}

async function redeemInto(
  app: App,
  step: Signal<Step>,
  found: FoundOffer,
  code: string | null,
): Promise<void> {
  const redeemed = await redeem(app.phone.fetch, found.issuer, found.offer, code);
  if (typeof redeemed === 'object')
    step.value = { at: 'redeemed', found, token: redeemed.token, wrong: null };
  else if (code === null) step.value = { at: 'stuck', why: redeemed };
  else step.value = { at: 'offered', found, wrong: redeemed };
}

async function lockInto(app: App, step: Signal<Step>, now: Extract<Step, { at: 'redeemed' }>): Promise<void> {
  const { found, token } = now;
  const locked = await lockPhone(app.phone, found.issuer, token);
  if (typeof locked === 'string') {
    step.value = { ...now, wrong: locked };
    return;
  }
  step.value = { at: 'filling' };
  const trouble = await fill(app.phone, { ...found, token }, locked.vault);
  await navigator.storage?.persist?.();
  await app.look();
  // The first passes come with the offer's own token, beside whatever the holder does next.
  if (trouble === null) void stockInBackground(app, locked.vault, token);
  step.value = trouble === null ? { at: 'done', lockCode: locked.lockCode } : { at: 'stuck', why: trouble };
}
