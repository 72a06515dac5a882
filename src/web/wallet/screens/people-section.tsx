import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { called } from '../people-words.ts';
import { say } from '../say.ts';
import { openToRelock, setPin } from '../set-pin.ts';
import { Note } from './page.tsx';

/** Who is on this phone: somebody more, a PIN, and going. */
export function PeopleSection({ app }: { readonly app: App }) {
  const wrong = useSignal('');
  const alone = app.household.holders.value.length < 2;
  const hasPin = app.face.value?.lock.pin !== undefined;
  const drop = async (): Promise<void> => {
    const face = app.face.value;
    const opened = face === null ? 'wrong_passkey' : await openToRelock(app.phone, face);
    wrong.value = typeof opened === 'string' ? say('wallet.pin.locked') : '';
    if (typeof opened === 'string') return;
    await setPin(app.phone, opened, null);
    await app.look();
    await app.household.changed();
    app.notice.value = say('wallet.pin.dropped');
  };
  return (
    <section class="stack-small">
      <h2>{say('wallet.people')}</h2>
      <p>{say(hasPin ? 'wallet.people.pin' : 'wallet.people.no_pin')}</p>
      <Button onClick={() => app.go({ at: 'add' })}>{say('wallet.people.add')}</Button>
      <Button onClick={() => app.go({ at: 'pin' })}>
        {say(hasPin ? 'wallet.pin.change' : 'wallet.pin.set')}
      </Button>
      {hasPin && alone && <Button onClick={() => void drop()}>{say('wallet.pin.drop')}</Button>}
      <Button kind="danger" onClick={() => app.go({ at: 'remove' })}>
        {say('wallet.people.remove', { name: called(app) })}
      </Button>
      {wrong.value !== '' && <Note kind="wrong" text={wrong.value} />}
    </section>
  );
}
