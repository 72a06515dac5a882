import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { sayAll } from '../../language/language.ts';
import { choicesOf } from '../choice.ts';
import type { App, Holder } from '../device/app.ts';
import { called, calledOn } from '../people-words.ts';
import { say } from '../say.ts';
import { titleOf } from '../showing-view.ts';

/** The name at the head of the start, where several share a phone: it leads to the others. */
export function Who({ app, ask }: { readonly app: App; readonly ask: () => void }) {
  return (
    <button type="button" class="who" aria-haspopup="dialog" onClick={ask}>
      {called(app)}
    </button>
  );
}

/** Asks who shows, and turns to them: the vault that is open here is closed. */
export function WhoShows({ app, close }: { readonly app: App; readonly close: () => void }) {
  const turn = (id: Holder['id']): void => {
    close();
    if (id !== app.holder) void app.household.turnTo(id);
  };
  return (
    <Dialog
      title={say('wallet.people.who')}
      onClose={close}
      actions={<Button onClick={() => app.go({ at: 'add' })}>{say('wallet.people.add')}</Button>}
    >
      <People app={app} choose={turn} />
    </Dialog>
  );
}

interface PeopleProps {
  readonly app: App;
  readonly choose: (id: Holder['id']) => void;
}

/** Everybody on this phone, with what they can show. */
function People({ app, choose }: PeopleProps) {
  const holders = app.household.holders.value;
  return (
    <ul class="choices people">
      {holders.map(({ id, face }) => (
        <li key={id}>
          <button
            type="button"
            class="choice"
            {...(id === app.holder && { 'aria-current': 'true' })}
            onClick={() => choose(id)}
          >
            <span class="choice-title">{calledOn(holders, id)}</span>
            <span class="choice-left">
              {choicesOf(face.claims)
                .usual.map((choice) => sayAll(titleOf(choice)))
                .join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
