import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { listWallets, lockWallet } from '../../../wallets/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { Note } from '../parts/note.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { nameOf, type Person, type Wallet } from './person.ts';

const PART = 20;

interface WalletsProps {
  readonly office: Office;
  readonly person: Person;
  readonly mayLock: boolean;
}

/** The phones of a person, each to be locked where it was lost. */
export function WalletList({ office, person, mayLock }: WalletsProps) {
  const list = useList<Wallet>(async (starting_after) => {
    const query = { person_id: person.id, limit: PART, starting_after };
    const read = await office.call<typeof listWallets>('GET /v1/wallets', { query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  }, person.id);
  const heading = useRef<HTMLHeadingElement>(null);
  const toLock = useSignal<Wallet | null>(null);
  const done = useSignal<Said | null>(null);
  const locked = async (): Promise<void> => {
    toLock.value = null;
    done.value = said('admin.wallets.lock.done');
    heading.current?.focus();
    await list.again();
  };
  return (
    <section class="part">
      <div class="half-head">
        <h3 ref={heading} tabIndex={-1}>
          {say('admin.wallets.title')}
        </h3>
        <Button kind="quiet" icon="again" onClick={() => void list.again()}>
          {say('admin.look_again')}
        </Button>
      </div>
      <Note kind="done" text={done.value && sayAll(done.value)} />
      {list.rows?.length === 0 && <p class="quiet">{say('admin.wallets.none')}</p>}
      {list.rows !== null && list.rows.length > 0 && (
        <ul class="rows">
          {list.rows.map((wallet) => (
            <Row
              key={wallet.id}
              wallet={wallet}
              {...(mayLock && {
                onLock: () => {
                  toLock.value = wallet;
                },
              })}
            />
          ))}
        </ul>
      )}
      <ListState list={list} />
      {toLock.value !== null && (
        <LockDialog
          office={office}
          name={nameOf(person)}
          wallet={toLock.value}
          onLocked={() => void locked()}
          onClose={() => {
            toLock.value = null;
          }}
        />
      )}
    </section>
  );
}

function Row({ wallet, onLock }: { readonly wallet: Wallet; readonly onLock?: () => void }) {
  const { created_at, locked_at } = wallet;
  const date = momentText(created_at);
  return (
    <li class="row row-still">
      <span class="row-words">
        <span>{say('admin.wallets.since', { date })}</span>
        <span class="quiet small">
          {locked_at === null
            ? say('admin.wallets.active')
            : say('admin.wallets.locked', { date: momentText(locked_at) })}
        </span>
      </span>
      {locked_at === null && onLock && (
        <Button
          kind="danger"
          icon="lock"
          aria-label={say('admin.wallets.lock_of', { date })}
          onClick={onLock}
        >
          {say('admin.wallets.lock')}
        </Button>
      )}
    </li>
  );
}

interface LockProps {
  readonly office: Office;
  readonly name: string;
  readonly wallet: Wallet;
  readonly onLocked: () => void;
  readonly onClose: () => void;
}

function LockDialog({ office, name, wallet, onLocked, onClose }: LockProps) {
  const busy = useSignal(false);
  const wrong = useSignal<Said | null>(null);
  const lock = async (): Promise<void> => {
    busy.value = true;
    const path = 'POST /v1/wallets/{id}/lock';
    const locked = await office.call<typeof lockWallet>(path, { params: { id: wallet.id } });
    busy.value = false;
    if (locked.kind === 'answered') onLocked();
    else wrong.value = troubleOf(locked);
  };
  const actions = (
    <Button kind="danger" icon="lock" busy={busy.value} onClick={() => void lock()}>
      {say('admin.wallets.lock')}
    </Button>
  );
  return (
    <Dialog title={say('admin.wallets.lock.title')} onClose={onClose} actions={actions}>
      <div class="stack">
        <p>{say('admin.wallets.lock.which', { name, date: momentText(wallet.created_at) })}</p>
        <p>{say('admin.wallets.lock.does')}</p>
        <p>{say('admin.wallets.lock.does_not')}</p>
        <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      </div>
    </Dialog>
  );
}
