import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Countdown } from '../../design/countdown.tsx';
import { LiveRegion } from '../../design/live-region.tsx';
import { sayAll } from '../../language/language.ts';
import type { Choice } from '../choice.ts';
import type { App } from '../device/app.ts';
import { say } from '../say.ts';
import { type ShowSession, showSession } from '../show-session.ts';
import { countdown, type Showing } from '../showing.ts';
import { leftOutBy, sharedBy, titleOf } from '../showing-view.ts';
import { CodeCard, type Form, Forms } from './code-card.tsx';
import { Note, Page } from './page.tsx';
import { AtTheGate, guard } from './showing-frame.tsx';
import { Used } from './used.tsx';
import { sentence } from './words.ts';

/** From the holder's touch to what became of it. */
export function Show({ app, choice }: { readonly app: App; readonly choice: Choice }) {
  const round = useSignal(0);
  return <OneShowing key={round.value} app={app} choice={choice} again={() => (round.value += 1)} />;
}

interface OneShowingProps {
  readonly app: App;
  readonly choice: Choice;
  readonly again: () => void;
}

function OneShowing({ app, choice, again }: OneShowingProps) {
  const session = useMemo(() => showSession(app, choice), []);
  const now = useSignal(app.phone.world.now());
  const form = useSignal<Form>('qr');
  useEffect(() => {
    void session.begin();
    return guard(session, () => {
      now.value = app.phone.world.now();
    });
  }, []);
  const state = session.showing.value;
  const title = sayAll(titleOf(choice));
  if (state.step === 'told') return <Used app={app} choice={choice} asking={state.asking} again={again} />;
  const seen = state.step === 'on_screen' && !session.covered.value ? state : null;
  const left = seen && countdown(seen, now.value);
  return (
    <Page
      title={title}
      onBack={app.back}
      {...(seen &&
        left && {
          actions: <Forms form={form} />,
          aside: <Countdown left={left.left / 1000} of={left.left / left.part / 1000 || 1} />,
        })}
    >
      <Announce session={session} />
      {seen ? (
        <CodeCard ticket={seen.ticket} form={form.value} />
      ) : (
        <Waiting session={session} state={state} again={again} />
      )}
      <div class="shared">
        <p class="proof">{say('wallet.show.scan')}</p>
        <p class="shared-what">{sentence(sharedBy(choice))}</p>
        <p>{leftOut(choice)}</p>
        {seen?.refused && <Note text={say('wallet.show.refused', { shop: seen.refused.shop.name })} />}
        <p class="muted small">{say('wallet.show.seen')}</p>
      </div>
    </Page>
  );
}

function leftOut({ claims }: Choice): string {
  const what = leftOutBy(claims);
  return what === null ? '' : sayAll(what);
}

/** Said once when the code comes and once when it goes, never each second. */
function Announce({ session }: { readonly session: ShowSession }) {
  const text = useComputed(() => {
    const there = session.showing.value.step === 'on_screen' && !session.covered.value;
    return there ? say('wallet.show.ready') : '';
  });
  return <LiveRegion text={text.value} />;
}

interface WaitingProps {
  readonly session: ShowSession;
  readonly state: Showing;
  readonly again: () => void;
}

/** Where the code will stand: what is waited for, or why there is none. */
function Waiting({ session, state, again }: WaitingProps) {
  if (state.step === 'stopped') {
    const final = ['suspended', 'revoked', 'no_copies'].includes(state.why);
    const word = state.why === 'left_lying' ? say('wallet.show.again') : say('wallet.again');
    return (
      <div class="card-place">
        <Note text={say(`wallet.show.stopped.${state.why}`)} />
        {!final && <Button onClick={again}>{word}</Button>}
      </div>
    );
  }
  return <AtTheGate session={session} waiting={say('wallet.show.preparing')} />;
}
