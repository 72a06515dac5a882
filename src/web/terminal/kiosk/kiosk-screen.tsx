import './kiosk.css';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Icon, type IconName } from '../../design/icon.tsx';
import { LiveRegion } from '../../design/live-region.tsx';
import { languages, languageTag } from '../../language/language.ts';
import { CameraView } from '../camera-view.tsx';
import { fillScreen } from '../device/full-screen.ts';
import { useWedge } from '../device/use-wedge.ts';
import { PairingScreen } from '../pairing-screen.tsx';
import { Shape } from '../result-screen.tsx';
import type { Key } from '../said.ts';
import { say } from '../say.ts';
import type { Terminal } from '../terminal.ts';
import { ExitPanel } from './exit-panel.tsx';
import { type Face, kioskFace } from './face.ts';
import type { KioskMode } from './kiosk-mode.ts';
import type { Kiosk } from './kiosk-state.ts';

interface KioskProps {
  readonly mode: KioskMode;
  readonly kiosk: Kiosk;
  readonly terminal: Terminal;
  readonly camera: boolean;
}

/** A till that customers read: one thing at a time, nothing to choose but a language, and no way to the till behind it. */
export function KioskScreen({ mode, kiosk, terminal, camera }: KioskProps) {
  const { place, till, clock } = terminal;
  const face = kioskFace({ place, till, wrongClock: clock.error !== null, now: terminal.now() });
  const works = face !== 'closed' && face !== 'starting';
  const scan = (text: string): void => {
    mode.staff(false);
    if (works) terminal.scan(text);
  };
  useWedge({ read: ({ text }) => scan(text) });
  useKeptTo(mode);
  const { staff } = kiosk;
  const openStaff = (): void => {
    if (place.at === 'shut_out') void terminal.leave();
    mode.staff(true);
  };
  if (staff && place.at === 'unpaired') {
    return <PairingScreen place={place} onPair={(code) => void terminal.pair(code)} />;
  }
  if (staff && place.at === 'open') return <ExitPanel mode={mode} onBack={() => mode.staff(false)} />;
  return (
    <div class="kiosk">
      <div class="kiosk-stage">
        <Ready on={works && camera} hidden={face !== 'ready'} onRead={scan} />
        {face !== 'ready' && <Shown face={face} />}
        <LiveRegion urgent text={spokenFor(face)} />
      </div>
      <footer class="kiosk-foot">
        <ul class="kiosk-languages">
          {languages().map(({ tag, name }) => (
            <li key={tag}>
              <button
                type="button"
                class="kiosk-language"
                lang={tag}
                aria-pressed={tag === languageTag()}
                onClick={() => mode.speak(tag)}
              >
                {name}
              </button>
            </li>
          ))}
          <li>
            <Button kind="quiet" icon="lock" onClick={openStaff}>
              {say('kiosk.for_staff')}
            </Button>
          </li>
        </ul>
      </footer>
    </div>
  );
}

/** Holds the page to the kiosk: the whole screen at every touch, no menu of the browser's, and Escape for the staff. */
function useKeptTo(mode: KioskMode): void {
  useEffect(() => {
    const heard = {
      pointerdown: () => mode.touched(),
      click: fillScreen,
      contextmenu: (event: Event) => event.preventDefault(),
      keydown: (event: KeyboardEvent) => event.key === 'Escape' && mode.staff(!mode.kiosk?.staff),
    };
    const entries = Object.entries(heard) as [string, EventListener][];
    for (const [name, listener] of entries) addEventListener(name, listener);
    return () => {
      for (const [name, listener] of entries) removeEventListener(name, listener);
    };
  }, [mode]);
}

interface ReadyProps {
  readonly on: boolean;
  readonly hidden: boolean;
  readonly onRead: (text: string) => void;
}

/** Under an answer it stays as it is, out of reach, so that the camera sees the next code at once. */
function Ready({ on, hidden, onRead }: ReadyProps) {
  const [picture, setPicture] = useState(false);
  const instead = <Icon name="scan" size={96} />;
  return (
    <main class="kiosk-ready" inert={hidden}>
      <CameraView on={on} facing="user" instead={instead} onPicture={setPicture} onRead={onRead} />
      <h1>{say(picture ? 'kiosk.ready' : 'kiosk.ready_scanner')}</h1>
    </main>
  );
}

const WORDS = {
  checking: ['kiosk.checking'],
  approved: ['kiosk.approved', 'kiosk.go_on'],
  again: ['kiosk.again', 'kiosk.again_how'],
  staff: ['kiosk.staff'],
  away: ['kiosk.away', 'kiosk.away_how'],
  closed: ['kiosk.closed', 'kiosk.staff'],
} as const satisfies Partial<Record<Face, readonly [Key, Key?]>>;

const ICONS = { staff: 'person', away: 'offline', closed: 'blocked' } as const satisfies Partial<
  Record<Face, IconName>
>;

function Shown({ face }: { readonly face: Exclude<Face, 'ready'> }) {
  if (face === 'starting')
    return <main class="checking" aria-busy="true" aria-label={say('terminal.starting')} />;
  const [title, next] = WORDS[face];
  if (face === 'approved' || face === 'again') {
    return (
      <main class={`result result-${face}`}>
        <div class="result-field">
          <Shape tone={face} />
        </div>
        <div class="result-plate">
          <h1>{say(title)}</h1>
          {next && <p class="result-next">{say(next)}</p>}
        </div>
      </main>
    );
  }
  return (
    <main class={`kiosk-said kiosk-${face}`}>
      {face === 'checking' ? <Ring /> : <Icon name={ICONS[face]} size={160} />}
      <h1>{say(title)}</h1>
      {next && <p>{say(next)}</p>}
    </main>
  );
}

function Ring() {
  return (
    <svg class="checking-ring" viewBox="0 0 120 120" aria-hidden="true">
      <circle cx="60" cy="60" r="54" />
    </svg>
  );
}

function spokenFor(face: Face): string {
  // Whoever hears the screen finds it ready by its heading: nobody is told so again after each customer.
  if (face === 'starting' || face === 'ready') return '';
  return WORDS[face].map((key) => `${say(key)}.`).join(' ');
}
