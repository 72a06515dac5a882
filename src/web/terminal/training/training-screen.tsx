import './training.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { askedFor } from '../basket.ts';
import { CameraView } from '../camera-view.tsx';
import { playPractice, vibrate } from '../device/sound.ts';
import { useWedge } from '../device/use-wedge.ts';
import type { Settings } from '../menu.tsx';
import { ResultScreen } from '../result-screen.tsx';
import { say } from '../say.ts';
import { Sold } from '../sold.tsx';
import type { Terminal } from '../terminal.ts';
import { LessonsPanel } from './lessons-panel.tsx';
import { isOver, openTraining, type Training, type TrainingEvent, train } from './training-state.ts';

/** Milliseconds between two looks at the time. */
const TICK = 100;

interface TrainingProps {
  readonly terminal: Terminal;
  readonly settings: Settings;
  readonly onEnd: () => void;
}

/**
 * The till to learn on. Its state is nowhere but here: a reload ends it, and the till behind it asks nothing for as long
 * as it is on the screen.
 */
export function TrainingScreen({ terminal, settings, onEnd }: TrainingProps) {
  const { training, send } = useTraining({ terminal, settings, onEnd });
  const [lessons, setLessons] = useState(false);
  const { till } = training;
  const { phase } = till;
  const scan = (text: string): void => send({ type: 'scanned', text });
  useWedge({ read: ({ text }) => scan(text) });
  const showLessons = (shown: boolean): void => {
    setLessons(shown);
    if (!shown) send({ type: 'opened', lesson: null });
  };
  return (
    <Frame onEnd={onEnd}>
      <div class="training-here" inert={phase.at === 'result'}>
        {lessons ? (
          <LessonsPanel training={training} send={send} onBack={() => showLessons(false)} />
        ) : (
          <Counter {...{ training, settings, send }} onLessons={() => showLessons(true)} />
        )}
      </div>
      {phase.at === 'result' && (
        <div class="training-result" key={phase.shownAt.getTime()}>
          <p class="training-word">{say('train.word')}</p>
          <div class="training-answer">
            <ResultScreen result={phase.result} onDone={() => send({ type: 'dismissed' })} />
          </div>
        </div>
      )}
    </Frame>
  );
}

/** Around the whole of it at all times, so that nobody takes a yes in here for a yes. */
function Frame({ onEnd, children }: { readonly onEnd: () => void; readonly children: ComponentChildren }) {
  return (
    <div class="training">
      <header class="training-band">
        <p>
          <strong>{say('train.word')}</strong> <span>{say('train.band')}</span>
        </p>
        <Button icon="leave" onClick={onEnd}>
          {say('train.end')}
        </Button>
      </header>
      <div class="training-stage">{children}</div>
    </div>
  );
}

interface CounterProps {
  readonly training: Training;
  readonly settings: Settings;
  readonly send: (event: TrainingEvent) => void;
  readonly onLessons: () => void;
}

/** As it is at a real till, but for the way to the practice codes. */
function Counter({ training, settings, send, onLessons }: CounterProps) {
  const { basket, policies } = training.till;
  const chosen = askedFor(basket).length > 0;
  return (
    <div class="till">
      <main class="counter">
        <section class="look">
          <CameraView on={settings.camera} onRead={(text) => send({ type: 'scanned', text })} />
          <h1 class={`call ${chosen ? 'call-scan' : ''}`}>
            <Icon name={chosen ? 'scan' : 'till'} size={32} />
            {say(chosen ? 'till.ready' : 'till.choose')}
          </h1>
        </section>
        <Sold
          policies={policies}
          basket={basket}
          onChange={(next) => send({ type: 'basket', basket: next })}
        />
      </main>
      <footer class="tools">
        <Button kind="main" icon="qr" onClick={onLessons}>
          {say('train.lessons')}
        </Button>
      </footer>
    </div>
  );
}

function useTraining({ terminal, settings, onEnd }: TrainingProps) {
  const [training, setTraining] = useState(() => openTraining(terminal.till, terminal.now()));
  const latest = useRef({ training, settings, onEnd });
  latest.current = { training: latest.current.training, settings, onEnd };
  const send = (event: TrainingEvent): void => {
    const now = terminal.now();
    const { training: next, tone } = train(latest.current.training, event, now);
    latest.current.training = next;
    setTraining(next);
    if (tone !== null && latest.current.settings.sound) playPractice(tone);
    if (tone !== null) vibrate(tone);
    if (isOver(next, now)) latest.current.onEnd();
  };
  useEffect(() => {
    terminal.practising = true;
    const timer = setInterval(() => send({ type: 'tick' }), TICK);
    return () => {
      clearInterval(timer);
      terminal.practising = false;
    };
  }, [terminal]);
  return { training, send };
}
