import '../../../public/styles/base.css';
import '../design/components.css';
import './admin.css';
import './sizes.css';
import './panels.css';
import './thing.css';
import './handed-over.css';
import './forms.css';
import './desk.css';
import './log.css';
import './counts.css';
import './paper.css';
import { render } from 'preact';
import { clientOf } from '../api/client.ts';
import { startLanguage } from '../language/language.ts';
import { App } from './app.tsx';
import { browserPasskeys } from './device/webauthn.ts';
import { LANGUAGES } from './languages.ts';
import { Office } from './office.ts';
import { setupTokenIn } from './route.ts';

const office = new Office({ call: clientOf(), passkeys: browserPasskeys });

// A set-up link may be opened in a page that is already here.
addEventListener('hashchange', () => {
  const token = takeSetupToken();
  if (token !== null) void office.start(token);
});

await Promise.all([startLanguage(LANGUAGES), office.start(takeSetupToken())]);
render(<App office={office} />, document.getElementById('app') ?? document.body);

/** The token of a set-up link. It does not stay in the address. */
function takeSetupToken(): string | null {
  const token = setupTokenIn(location.hash);
  if (token !== null) history.replaceState(null, '', location.pathname);
  return token;
}
