import type { App } from '../device/app.ts';
import type { Screen } from '../screen.ts';
import { Empty } from './empty.tsx';
import { Enrol } from './enrol.tsx';
import { Help } from './help.tsx';
import { History } from './history.tsx';
import { Lost } from './lost.tsx';
import { Report } from './report.tsx';
import { Return } from './return.tsx';
import { Scan } from './scan.tsx';
import { Settings } from './settings.tsx';

/** The screens that are not needed at the till. */
export function Other({ app, screen }: { readonly app: App; readonly screen: Screen }) {
  switch (screen.at) {
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
    case 'show':
    case 'empty':
      return <Empty app={app} />;
  }
}
