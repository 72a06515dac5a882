import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App } from '../device/app.ts';
import { type FoundOffer, lookUp } from '../enrol.ts';
import { enrolHere, isShared, needsPinFirst } from '../enrol-here.ts';
import type { OfferLink } from '../offer.ts';
import { called } from '../people-words.ts';
import { redeem } from '../redeem.ts';
import type { Whose as WhoseIs } from '../roster.ts';
import { say } from '../say.ts';
import { ChoosePin } from './choose-pin.tsx';
import type { Redeemed, Step } from './enrolment-step.ts';
import { LockCode } from './lock-code.tsx';
import { MakeLock } from './make-lock.tsx';
import { OfferSheet } from './offer-sheet.tsx';
import { Note, Page } from './page.tsx';
import { SetPin } from './set-pin.tsx';
import { Whose } from './whose.tsx';

interface EnrolProps {
  readonly app: App;
  readonly offer: OfferLink | FoundOffer;
  readonly whose: WhoseIs | null;
}

/** From a link to a phone that is ready: for whom, what will be stored, the code, the lock, the copies, the lock code. */
export function Enrol({ app, offer, whose }: EnrolProps) {
  const step = useSignal<Step>({ at: 'looking' });
  const look = async (): Promise<void> => {
    step.value = { at: 'looking' };
    const found = 'kind' in offer ? await lookUp(app.phone, offer) : offer;
    // A phone that nobody is on is that of whoever enrols first.
    const known = whose ?? (app.household.holders.value.length === 0 ? app.holder : null);
    if (typeof found === 'string') step.value = { at: 'stuck', why: found };
    else if (known === null) step.value = { at: 'whose', found };
    else await offered(app, step, found, known);
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
    case 'whose':
      return <Whose app={app} choose={(whose) => void offered(app, step, now.found, whose)} />;
    case 'protect':
      return (
        <SetPin
          app={app}
          why={say('wallet.people.first_pin', { name: called(app) })}
          done={() => void offered(app, step, now.found, 'new')}
        />
      );
    case 'offered':
      return <OfferSheet app={app} step={now} redeem={(code) => redeemInto(app, step, now, code)} />;
    case 'redeemed':
      return <Locking app={app} step={step} now={now} />;
    case 'filling':
      return (
        <Page title={say('wallet.enrol.filling')}>
          <p role="status">{say('wallet.enrol.filling.what')}</p>
        </Page>
      );
    case 'done':
      return <LockCode app={now.seat} lockCode={now.lockCode} />;
  }
}

/** The PIN comes before the passkey: whoever stops at it leaves nothing half made. */
function Locking({ app, step, now }: { app: App; step: Signal<Step>; now: Redeemed }) {
  if (now.pin === null && isShared(app, now.whose)) {
    return (
      <Page title={say('wallet.pin.yours')}>
        <p>{say('wallet.pin.yours.what')}</p>
        <ChoosePin choose={(pin) => (step.value = { ...now, pin })} />
      </Page>
    );
  }
  return <MakeLock app={app} wrong={now.wrong} make={() => lockInto(app, step, now)} />;
}

/** The reasons that have words; those about a code or a passkey are said beside it. */
function wordsFor(why: Extract<Step, { at: 'stuck' }>['why']) {
  return why === 'wrong_code' || why === 'unsupported' ? 'refused' : why;
}

async function offered(app: App, step: Signal<Step>, found: FoundOffer, whose: WhoseIs): Promise<void> {
  if (needsPinFirst(app, whose)) {
    step.value = { at: 'protect', found };
    return;
  }
  const next = { at: 'offered', found, whose, wrong: null } as const;
  step.value = next;
  // An offer to the same person's new phone has no code to ask for: nothing but the lock is left to do.
  if (found.offer.txCode === null) await redeemInto(app, step, next, null);
}

async function redeemInto(
  app: App,
  step: Signal<Step>,
  now: Extract<Step, { at: 'offered' }>,
  code: string | null,
): Promise<void> {
  const { found, whose } = now;
  const redeemed = await redeem(app.phone.fetch, found.issuer, found.offer, code);
  if (typeof redeemed === 'object')
    step.value = { at: 'redeemed', found, whose, token: redeemed.token, pin: null, wrong: null };
  else if (code === null) step.value = { at: 'stuck', why: redeemed };
  else step.value = { ...now, wrong: redeemed };
}

async function lockInto(app: App, step: Signal<Step>, now: Redeemed): Promise<void> {
  const done = await enrolHere(app, now, () => {
    step.value = { at: 'filling' };
  });
  if (typeof done === 'string') step.value = { ...now, wrong: done };
  else if (done.trouble !== null) step.value = { at: 'stuck', why: done.trouble };
  else step.value = { at: 'done', seat: done.seat, lockCode: done.lockCode };
}
