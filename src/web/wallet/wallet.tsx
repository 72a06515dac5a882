import type { App } from './device/app.ts';
import { later } from './later.tsx';
import { Home } from './screens/home.tsx';
import { Show } from './screens/show.tsx';

const Other = later(async () => (await import('./screens/other.tsx')).Other);

/** The screen that is shown now. What one needs at the till is here at once, and everything else a moment later. */
export function Wallet({ app }: { readonly app: App }) {
  const screen = app.screen.value;
  const face = app.face.value;
  if (screen.at === 'show') return <Show app={app} choice={screen.choice} />;
  if (screen.at === 'home' && face !== null) return <Home app={app} face={face} />;
  return <Other app={app} screen={screen} />;
}
