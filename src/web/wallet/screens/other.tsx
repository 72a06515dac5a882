import type { App } from '../device/app.ts';
import { say } from '../say.ts';
import type { Screen } from '../screen.ts';
import { AddPerson } from './add-person.tsx';
import { Empty } from './empty.tsx';
import { Enrol } from './enrol.tsx';
import { Help } from './help.tsx';
import { History } from './history.tsx';
import { Lost } from './lost.tsx';
import { RemovePerson } from './remove-person.tsx';
import { Report } from './report.tsx';
import { Return } from './return.tsx';
import { Scan } from './scan.tsx';
import { SetPin } from './set-pin.tsx';
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
    case 'pin':
      return <SetPin app={app} done={() => pinWasSet(app)} />;
    case 'add':
      return <AddPerson app={app} />;
    case 'remove':
      return <RemovePerson app={app} />;
    case 'scan':
      return <Scan app={app} whose={screen.whose} />;
    case 'return':
      return <Return app={app} whose={screen.whose ?? null} />;
    case 'enrol':
      return <Enrol app={app} offer={screen.offer} whose={screen.whose ?? null} />;
    case 'home':
    case 'show':
    case 'empty':
      return <Empty app={app} />;
  }
}

function pinWasSet(app: App): void {
  app.go({ at: 'home' });
  app.notice.value = say('wallet.pin.is_set');
}
