import '../../../public/styles/base.css';
import '../design/components.css';
import './wallet.css';
import './home.css';
import './code.css';
import './used.css';
import './history.css';
import './enrol.css';
import './people.css';
import { render } from 'preact';
import type { Random } from '../../kernel/world.ts';
import { clientOf } from '../api/client.ts';
import { startLanguage } from '../language/language.ts';
import { keepShell } from '../shell/device/register.ts';
import { openHousehold } from './device/household.ts';
import { browserPasskeys } from './device/webauthn.ts';
import { LANGUAGES } from './languages.ts';
import { Wallet } from './wallet.tsx';

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

const opening = openHousehold({
  world: { now: () => new Date(), random },
  passkeys: browserPasskeys(random),
  fetch: (url, init) => fetch(url, init),
  service: clientOf(),
  origin: location.origin,
});
const [household] = await Promise.all([opening, startLanguage(LANGUAGES)]);
render(<Wallet household={household} />, document.getElementById('app') ?? document.body);

keepShell('/wallet');
