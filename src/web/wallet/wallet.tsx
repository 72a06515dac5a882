import { useEffect } from 'preact/hooks';
import { later } from '../design/later.tsx';
import type { App, Household } from './device/app.ts';
import { Home } from './screens/home.tsx';

const loadShow = async () => (await import('./screens/show.tsx')).Show;
const loadShowPass = async () => (await import('./screens/show-pass.tsx')).ShowPass;

const Show = later(loadShow);
const ShowPass = later(loadShowPass);
const Other = later(async () => (await import('./screens/other.tsx')).Other);
const PinSheet = later(async () => (await import('./screens/pin-sheet.tsx')).PinSheet);

/** Whoever is shown, one at a time: with the holder everything on the screen is new. */
export function Wallet({ household }: { readonly household: Household }) {
  useEffect(() => void Promise.all([loadShow(), loadShowPass()]), []);
  const app = household.app.value;
  const pad = app.pin.value;
  return (
    <>
      <ScreenOf key={app.holder} app={app} />
      {pad !== null && <PinSheet app={app} pad={pad} />}
    </>
  );
}

/** The screen that is shown now. What can be shown is there at once; what shows it comes right behind, off the phone. */
function ScreenOf({ app }: { readonly app: App }) {
  const screen = app.screen.value;
  const face = app.face.value;
  if (screen.at === 'show') {
    const Showing = screen.by === 'pass' ? ShowPass : Show;
    return <Showing app={app} choice={screen.choice} />;
  }
  if (screen.at === 'home' && face !== null) return <Home app={app} face={face} />;
  return <Other app={app} screen={screen} />;
}
