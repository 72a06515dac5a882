import { useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { later } from '../design/later.tsx';
import { LiveRegion } from '../design/live-region.tsx';
import { say, sayAll } from '../language/language.ts';
import { Asked } from './asked.tsx';
import { askedFor } from './basket.ts';
import { CameraView } from './camera-view.tsx';
import { useWedge } from './device/use-wedge.ts';
import type { KioskMode } from './kiosk/kiosk-mode.ts';
import { Menu, type Settings } from './menu.tsx';
import { awayWords } from './offline.ts';
import { ResultScreen } from './result-screen.tsx';
import { ScannerPanel } from './scanner-panel.tsx';
import type { Session } from './session.ts';
import { Sold } from './sold.tsx';
import type { Terminal } from './terminal.ts';
import type { Phase } from './till-state.ts';
import { TypePanel } from './type-panel.tsx';
import { Unanswered } from './unanswered.tsx';

type Panel = 'none' | 'menu' | 'type' | 'scanner' | 'training' | 'kiosk';

const Training = later(async () => (await import('./training/training-screen.tsx')).TrainingScreen);
const KioskSetup = later(async () => (await import('./kiosk/setup-panel.tsx')).SetupPanel);

interface TillScreenProps {
  readonly terminal: Terminal;
  readonly kiosk: KioskMode;
  readonly session: Session;
  readonly settings: Settings;
  readonly onSet: (settings: Settings) => void;
}

/** A till that is paired: what is sold, the camera, and over all of it the answer to the last scan. */
export function TillScreen({ terminal, kiosk, session, settings, onSet }: TillScreenProps) {
  const [panel, setPanel] = useState<Panel>('none');
  const { phase } = terminal.till;
  const scan = (text: string): void => {
    setPanel('none');
    terminal.scan(text);
  };
  const close = (): void => setPanel('none');
  useWedge({ read: ({ text }) => panel === 'scanner' || panel === 'training' || scan(text) });
  if (panel === 'scanner') return <ScannerPanel live={session.live} onBack={close} />;
  if (panel === 'type' && phase.at === 'ready') {
    return <TypePanel live={session.live} onCheck={scan} onBack={close} />;
  }
  if (panel === 'training') return <Training terminal={terminal} settings={settings} onEnd={close} />;
  if (panel === 'kiosk') return <KioskSetup mode={kiosk} policies={terminal.till.policies} onBack={close} />;
  return (
    <>
      <Counter {...{ terminal, session, settings, onPanel: setPanel, onScan: scan }} />
      <Over phase={phase} terminal={terminal} />
      {panel === 'menu' && phase.at === 'ready' && (
        <Menu
          till={session.terminalName}
          settings={settings}
          onSet={onSet}
          onScanner={() => setPanel('scanner')}
          onTraining={() => setPanel('training')}
          onKiosk={terminal.embedded ? undefined : () => setPanel('kiosk')}
          onUnpair={terminal.embedded ? undefined : () => void terminal.leave()}
          onClose={close}
        />
      )}
    </>
  );
}

interface CounterProps extends Omit<TillScreenProps, 'onSet' | 'kiosk'> {
  readonly onPanel: (panel: Panel) => void;
  readonly onScan: (text: string) => void;
}

/** Ready for a scan. Under a result it stays as it is, out of reach, so that the camera sees the next code at once. */
function Counter({ terminal, session, settings, onPanel, onScan }: CounterProps) {
  const { basket, phase, policies } = terminal.till;
  const chosen = askedFor(basket).length > 0;
  const idle = terminal.embedded ? 'embed.idle' : 'till.choose';
  const call = say(chosen ? 'till.ready' : idle);
  return (
    <div class="till" inert={phase.at !== 'ready'}>
      <Bar terminal={terminal} session={session} />
      <main class="counter">
        <section class="look">
          <CameraView on={settings.camera} onRead={onScan} />
          <h1 class={`call ${chosen ? 'call-scan' : ''}`}>
            <Icon name={chosen ? 'scan' : 'till'} size={32} />
            {call}
          </h1>
        </section>
        {terminal.embedded ? (
          <Asked policies={policies} basket={basket} />
        ) : (
          <Sold
            policies={policies}
            basket={basket}
            onChange={(next) => terminal.send({ type: 'basket', basket: next })}
          />
        )}
      </main>
      <footer class="tools">
        <Button icon="keypad" onClick={() => onPanel('type')}>
          {say('till.type')}
        </Button>
        <Button icon="settings" onClick={() => onPanel('menu')}>
          {say('till.menu')}
        </Button>
      </footer>
    </div>
  );
}

function Bar({ terminal, session }: { readonly terminal: Terminal; readonly session: Session }) {
  const { awaySince, offline, spentTwice } = terminal.till;
  const away = awaySince === null ? null : sayAll(awayWords(awaySince, offline, terminal.now()));
  const wrongClock = terminal.clock.error !== null;
  return (
    <>
      <header class="bar">
        <p class="bar-name">
          <bdi>{session.retailerName}</bdi> · <bdi>{session.terminalName}</bdi>
        </p>
        {!session.live && <p class="bar-test">{say('till.test')}</p>}
        <p class={`bar-state ${awaySince === null ? '' : 'bar-away'}`}>
          {say(awaySince === null ? 'till.online' : 'till.away')}
        </p>
      </header>
      {away !== null && (
        <p class="band">
          <Icon name="offline" /> {away}
        </p>
      )}
      {spentTwice > 0 && (
        <p class="band">
          <Icon name="again" /> {say('band.spent_twice', { count: spentTwice })}
          <Button kind="plain" onClick={() => terminal.send({ type: 'read_notice' })}>
            {say('band.read')}
          </Button>
        </p>
      )}
      {awaySince === null && wrongClock && (
        <p class="band">
          <Icon name="clock" /> {say('band.clock')}
        </p>
      )}
      <LiveRegion text={away ?? ''} />
    </>
  );
}

/** What lies over the counter while there is a scan to speak of. */
function Over({ phase, terminal }: { readonly phase: Phase; readonly terminal: Terminal }) {
  const dismiss = (): void => terminal.send({ type: 'dismissed' });
  if (phase.at === 'checking' || phase.at === 'judging') {
    return (
      <main class="checking">
        <svg class="checking-ring" viewBox="0 0 120 120" aria-hidden="true">
          <circle cx="60" cy="60" r="54" />
        </svg>
        <h1>{say('till.checking')}</h1>
      </main>
    );
  }
  if (phase.at === 'result') {
    return <ResultScreen key={phase.shownAt.getTime()} result={phase.result} onDone={dismiss} />;
  }
  if (phase.at === 'unanswered') {
    return (
      <Unanswered
        trying={phase.retryAt !== null}
        onRetry={() => terminal.send({ type: 'retry' })}
        onDrop={dismiss}
      />
    );
  }
  return null;
}
