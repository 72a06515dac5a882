import type { App } from './app.ts';
import { Empty } from './screens/empty.tsx';
import { Enrol } from './screens/enrol.tsx';
import { Help } from './screens/help.tsx';
import { History } from './screens/history.tsx';
import { Home } from './screens/home.tsx';
import { Lost } from './screens/lost.tsx';
import { Report } from './screens/report.tsx';
import { Return } from './screens/return.tsx';
import { Scan } from './screens/scan.tsx';
import { Settings } from './screens/settings.tsx';
import { Show } from './screens/show.tsx';

/** The screen that is shown now. */
export function Wallet({ app }: { readonly app: App }) {
  const screen = app.screen.value;
  const face = app.face.value;
  switch (screen.at) {
    case 'show':
      return <Show app={app} choice={screen.choice} />;
    case 'history':
      return <History app={app} />;
    case 'report':
      return <Report app={app} entry={screen.entry} />;
    case 'lost':
      return <Lost app={app} />;
    case 'help':
      return <Help app={app} />;
    case 'settings':
      return <Settings app={app} />;
    case 'scan':
      return <Scan app={app} />;
    case 'return':
      return <Return app={app} />;
    case 'enrol':
      return <Enrol app={app} offer={screen.offer} />;
    case 'home':
    case 'empty':
      return face === null ? <Empty app={app} /> : <Home app={app} face={face} />;
  }
}
