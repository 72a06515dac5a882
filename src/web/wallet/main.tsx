import '../../../public/styles/base.css';
import '../design/components.css';
import './wallet.css';
import { render } from 'preact';
import type { Random } from '../../kernel/world.ts';
import { clientOf } from '../api/client.ts';
import { startLanguage } from '../language/language.ts';
import { keepShell } from '../shell/device/register.ts';
import { openApp } from './device/app.ts';
import { openShelf } from './device/idb-shelf.ts';
import { browserPasskeys } from './device/webauthn.ts';
import { LANGUAGES } from './languages.ts';
import { Wallet } from './wallet.tsx';

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

const [shelf] = await Promise.all([openShelf('counterproof-wallet'), startLanguage(LANGUAGES)]);
const app = await openApp({
  shelf,
  world: { now: () => new Date(), random },
  passkeys: browserPasskeys(random),
  pinPad: { ask: async () => {} },
  fetch: (url, init) => fetch(url, init),
  service: clientOf(),
  origin: location.origin,
});
render(<Wallet app={app} />, document.getElementById('app') ?? document.body);

keepShell('/wallet');
