import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Claim } from '../../../kernel/claims.ts';
import { Button } from '../../design/button.tsx';
import { Countdown } from '../../design/countdown.tsx';
import { LiveRegion } from '../../design/live-region.tsx';
import { sayAll } from '../../language/language.ts';
import { type Choice, passClaimOf } from '../choice.ts';
import { CodeDrawing } from '../code-drawing.tsx';
import type { App } from '../device/app.ts';
import { passesOf } from '../face.ts';
import { type PassSession, passSession } from '../pass-session.ts';
import { correctedNow } from '../passes/book.ts';
import { type PassShowing, STEP } from '../passes/show-pass.ts';
import { passesLeft } from '../passes/stock.ts';
import { say } from '../say.ts';
import { leftOutBy, sharedBy, titleOf } from '../showing-view.ts';
import { Note, Page } from './page.tsx';
import { AtTheGate, guard } from './showing-frame.tsx';
import { sentence } from './words.ts';

interface ShowPassProps {
  readonly app: App;
  readonly choice: Choice;
}

/** A pass at the till, with nobody asked; or that none is left, and what a ticket would mean instead. */
export function ShowPass({ app, choice }: ShowPassProps) {
  const round = useSignal(0);
  const claim = passClaimOf(choice);
  const any = useMemo(() => claim !== null && leftOf(app, claim) > 0, [round.value]);
  if (claim === null || !any) return <NoneLeft app={app} choice={choice} />;
  const again = (): void => {
    round.value += 1;
  };
  return <OnePass key={round.value} app={app} choice={choice} claim={claim} again={again} />;
}

interface OnePassProps extends ShowPassProps {
  readonly claim: Claim;
  readonly again: () => void;
}

function OnePass({ app, choice, claim, again }: OnePassProps) {
  const session = useMemo(() => passSession(app, choice, claim), []);
  const now = useSignal(session.now());
  useEffect(() => {
    void session.begin();
    return guard(session, () => {
      now.value = session.now();
    });
  }, []);
  const state = session.showing.value;
  const seen = state.step === 'on_screen' && !session.covered.value ? state : null;
  const left = seen && Math.min(STEP, Math.max(0, seen.leavesAt - now.value.getTime()));
  return (
    <Page
      title={sayAll(titleOf(choice))}
      onBack={app.back}
      actions={<TicketInstead app={app} choice={choice} />}
      {...(left !== null && { aside: <Countdown left={left / 1000} of={STEP / 1000} /> })}
    >
      <Announce session={session} />
      {seen ? (
        <div class="code-card code-card-pass">
          <CodeDrawing digits={seen.digits} label={say('wallet.show.code')} />
        </div>
      ) : (
        <Waiting session={session} state={state} again={again} />
      )}
      <Shared app={app} choice={choice} claim={claim} />
    </Page>
  );
}

/** What the pass shows and what it does not, who hears of it, and how many are left. */
function Shared({ app, choice, claim }: ShowPassProps & { readonly claim: Claim }) {
  const leftOut = leftOutBy(choice.claims);
  return (
    <div class="shared">
      <p class="proof">{say('wallet.show.scan')}</p>
      <p class="shared-what">{sentence(sharedBy(choice))}</p>
      <p>{leftOut === null ? '' : sayAll(leftOut)}</p>
      <p class="muted small">
        {say('wallet.pass.unseen')} {say('wallet.pass.left', { count: leftOf(app, claim) })}
      </p>
    </div>
  );
}

/** By its name and with its price, never in silence: a ticket goes through the service. */
function TicketInstead({ app, choice }: ShowPassProps) {
  return (
    <div class="instead">
      <Button kind="quiet" onClick={() => app.go({ at: 'show', choice, by: 'ticket' })}>
        {say('wallet.pass.ticket')}
      </Button>
      <p class="muted small">{say('wallet.pass.ticket.what')}</p>
    </div>
  );
}

function NoneLeft({ app, choice }: ShowPassProps) {
  return (
    <Page
      title={sayAll(titleOf(choice))}
      onBack={app.back}
      actions={<TicketInstead app={app} choice={choice} />}
    >
      <div class="card-place">
        <Note text={say('wallet.pass.stopped.none_left')} />
      </div>
    </Page>
  );
}

interface WaitingProps {
  readonly session: PassSession;
  readonly state: PassShowing;
  readonly again: () => void;
}

function Waiting({ session, state, again }: WaitingProps) {
  if (state.step !== 'stopped') return <AtTheGate session={session} waiting={say('wallet.pass.preparing')} />;
  return (
    <div class="card-place">
      <Note text={say(`wallet.pass.stopped.${state.why}`)} />
      {state.why === 'left_lying' && <Button onClick={again}>{say('wallet.show.again')}</Button>}
    </div>
  );
}

/** Said once when the code comes and once when it goes, never each time it is signed anew. */
function Announce({ session }: { readonly session: PassSession }) {
  const text = useComputed(() => {
    const there = session.showing.value.step === 'on_screen' && !session.covered.value;
    return there ? say('wallet.show.ready') : '';
  });
  return <LiveRegion text={text.value} />;
}

function leftOf({ face, book, phone }: App, claim: Claim): number {
  const now = correctedNow(book.value, phone.world);
  return face.value === null ? 0 : passesLeft(passesOf(face.value), claim, now);
}
