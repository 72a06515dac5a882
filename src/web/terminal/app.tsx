import { useEffect, useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { say } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import type { KioskMode } from './kiosk/kiosk-mode.ts';
import { KioskScreen } from './kiosk/kiosk-screen.tsx';
import type { Settings } from './menu.tsx';
import { Notice } from './notice.tsx';
import { PairingScreen } from './pairing-screen.tsx';
import type { Clock } from './place.ts';
import type { Terminal } from './terminal.ts';
import { TillScreen } from './till-screen.tsx';

interface AppProps {
  readonly terminal: Terminal;
  readonly kiosk: KioskMode;
  readonly settings: Settings;
  readonly onSet: (settings: Settings) => void;
}

/** The whole page: one screen at a time. */
export function App({ terminal, kiosk, settings, onSet }: AppProps) {
  const [own, setOwn] = useState(settings);
  const { place, clock } = terminal;
  useEffect(() => {
    document.title = `${say('terminal.title')} · Counterproof`;
  });
  const set = (next: Settings): void => {
    setOwn(next);
    onSet(next);
  };
  if (kiosk.kiosk !== null) {
    return <KioskScreen mode={kiosk} kiosk={kiosk.kiosk} terminal={terminal} camera={own.camera} />;
  }
  if (terminal.embedded && (place.at === 'starting' || place.at === 'unpaired')) return <Waiting />;
  if (place.at === 'starting')
    return <main class="checking" aria-busy="true" aria-label={say('terminal.starting')} />;
  if (place.at === 'unpaired') {
    return <PairingScreen place={place} onPair={(code) => void terminal.pair(code)} />;
  }
  if (place.at === 'shut_out') {
    const onPair = terminal.embedded ? null : () => void terminal.leave();
    return <Blocked till={place.session.terminalName} onPair={onPair} />;
  }
  if (clock.error !== null && !clock.accepted) return <WrongClock clock={clock} terminal={terminal} />;
  return <TillScreen {...{ terminal, kiosk }} session={place.session} settings={own} onSet={set} />;
}

/** In a web till, until that opens it. */
function Waiting() {
  return (
    <Notice icon="till" title={say('embed.waiting')} actions={<LanguageSwitch />}>
      <p>{say('embed.waiting_what')}</p>
    </Notice>
  );
}

function Blocked({ till, onPair }: { readonly till: string; readonly onPair: (() => void) | null }) {
  const actions = onPair && <Button onClick={onPair}>{say('blocked.pair')}</Button>;
  return (
    <Notice icon="blocked" title={say('blocked.title')} actions={actions}>
      <p>{say('blocked.words', { till })}</p>
    </Notice>
  );
}

function WrongClock({ clock, terminal }: { readonly clock: Clock; readonly terminal: Terminal }) {
  const seconds = clock.error ?? 0;
  const count = Math.max(1, Math.round(Math.abs(seconds) / 60));
  const actions = (
    <>
      <Button kind="main" icon="again" onClick={() => void terminal.refresh()}>
        {say('clock.again')}
      </Button>
      <Button onClick={() => terminal.acceptClock()}>{say('clock.go_on')}</Button>
    </>
  );
  return (
    <Notice icon="clock" title={say('clock.title')} actions={actions}>
      <p>{say(seconds > 0 ? 'clock.ahead' : 'clock.behind', { count })}</p>
      <p>{say('clock.set')}</p>
    </Notice>
  );
}
