import '../../../public/styles/base.css';
import '../design/components.css';
import './terminal.css';
import './pairing.css';
import './sold.css';
import './counter.css';
import './panel.css';
import './result.css';
import { render } from 'preact';
import { hex } from '../../kernel/bytes.ts';
import { clientOf } from '../api/client.ts';
import { speakForNow, startLanguage } from '../language/language.ts';
import { keepShell } from '../shell/device/register.ts';
import { App } from './app.tsx';
import { hashOf, newSalt } from './device/exit-code.ts';
import { keeping } from './device/keeping.ts';
import { allowSound, play, vibrate } from './device/sound.ts';
import { embeddedIn, hearTillPage } from './device/till-page.ts';
import { stayAwake } from './device/wake-lock.ts';
import { Embedding } from './embedding.ts';
import { KioskMode } from './kiosk/kiosk-mode.ts';
import { LANGUAGES } from './languages.ts';
import type { Settings } from './menu.tsx';
import { pairingCodeIn } from './pairing-code.ts';
import type { Tone } from './result.ts';
import { Terminal } from './terminal.ts';

/** Milliseconds between two looks at the time: results leave and questions are asked again by it. */
const TICK = 100;

let settings: Settings = { camera: true, sound: true };

const embedded = embeddedIn();
const call = clientOf();
const now = (): Date => new Date();

const terminal = new Terminal({
  call,
  now,
  newKey: () => hex(crypto.getRandomValues(new Uint8Array(16))),
  signal: (tone: Tone) => {
    if (settings.sound) play(kiosk.toneOf(tone));
    vibrate(kiosk.toneOf(tone));
  },
  // In a web till the session is the till's to hand over, and nothing of it outlives this page.
  ...(embedded === null ? keeping('session') : { kept: async () => null, keep: async () => {} }),
  ...(embedded !== null && { tell: (...told) => embedding?.tell(...told) }),
  // Not part of what the page needs at first: it is loaded once a till is paired, while there is a network.
  offline: async (session) => (await import('./device/offline-judge.ts')).offlineJudge(session),
});

const kiosk = new KioskMode(terminal, {
  now,
  ...keeping('kiosk'),
  newSalt,
  hashOf,
  // Without a network it may not come; the kiosk then says on what it said.
  speak: (language) => void speakForNow(language).catch(() => undefined),
});

for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, allowSound, { passive: true });
addEventListener('online', () => void terminal.refresh());
addEventListener('offline', () => terminal.send({ type: 'network', there: false }));
stayAwake();
setInterval(() => {
  terminal.tick();
  kiosk.tick();
}, TICK);

// Before anything is waited for: the till's page speaks as soon as the frame has loaded.
const embedding = embedded && new Embedding({ terminal, call, retailer: embedded.retailer });
if (embedded !== null && embedding !== null) {
  hearTillPage(embedded, {
    opened: (token, port) => void embedding.open(token, port),
    said(data, port) {
      allowSound();
      embedding.hear(data, port);
    },
  });
}

if (embedded === null) {
  // The decoder of the camera's picture is a worker, and has to be there without a network too.
  keepShell('/terminal', '/build/workers/');
  await Promise.all([startLanguage(LANGUAGES), kiosk.start()]);
  await Promise.all([terminal.start(), drawn()]);
  addEventListener('hashchange', takeAddress);
  takeAddress();
} else {
  await startLanguage(LANGUAGES);
  await drawn();
}

async function drawn(): Promise<void> {
  const app = document.getElementById('app') ?? document.body;
  const onSet = (next: Settings): void => {
    settings = next;
  };
  render(<App terminal={terminal} kiosk={kiosk} settings={settings} onSet={onSet} />, app);
}

/** A link from the console pairs at once; its code does not stay in the address. Else it is what the till says. */
function takeAddress(): void {
  const code = pairingCodeIn(location.hash);
  if (code === null) {
    terminal.told(location.hash);
    return;
  }
  history.replaceState(null, '', location.pathname);
  if (terminal.place.at !== 'open') void terminal.pair(code);
}
