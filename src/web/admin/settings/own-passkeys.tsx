import { useSignal } from '@preact/signals';
import type { listOfficerPasskeys, removeOfficerPasskey } from '../../../passkeys/officers/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Note } from '../parts/note.tsx';
import type { Read } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { AddPasskey } from './add-passkey.tsx';

type Passkeys = Answered<typeof listOfficerPasskeys>['body'];
export type OwnPasskey = Passkeys['data'][number];

interface PasskeysProps {
  readonly office: Office;
  readonly read: Read<Passkeys>;
}

/** The officer's own passkeys: one more on another device, and none that was lost with one. */
export function OwnPasskeys({ office, read }: PasskeysProps) {
  const toRemove = useSignal<OwnPasskey | null>(null);
  const done = useSignal<Said | null>(null);
  const has = read.value?.data ?? [];
  const tell = (words: Said): void => {
    toRemove.value = null;
    done.value = words;
    void read.again();
  };
  return (
    <section class="part">
      <h2>{say('admin.own.passkeys')}</h2>
      <p class="quiet">{say('admin.own.passkeys_what')}</p>
      <Note kind="done" text={done.value && sayAll(done.value)} />
      <ul class="rows rows-wide">
        {has.map((passkey) => (
          <Row
            key={passkey.id}
            passkey={passkey}
            {...(has.length > 1 && {
              onRemove: () => {
                toRemove.value = passkey;
              },
            })}
          />
        ))}
      </ul>
      <ReadState read={read} />
      <AddPasskey office={office} onAdded={(name) => tell(said('admin.own.added', { name }))} />
      {toRemove.value !== null && (
        <RemoveDialog
          office={office}
          passkey={toRemove.value}
          onRemoved={(name) => tell(said('admin.own.removed', { name }))}
          onClose={() => {
            toRemove.value = null;
          }}
        />
      )}
    </section>
  );
}

interface RowProps {
  readonly passkey: OwnPasskey;
  /** Missing for the last one, which stays. */
  readonly onRemove?: () => void;
}

function Row({ passkey: { name, created_at, last_used_at, current }, onRemove }: RowProps) {
  const made = momentText(created_at);
  return (
    <li class="row row-still">
      <span class="row-words">
        <span class="row-name">
          <bdi>{name}</bdi>
          {current && <span class="badge badge-active">{say('admin.own.here')}</span>}
        </span>
        <span class="quiet small">
          {say('admin.own.made', { date: made })} ·{' '}
          {last_used_at === null
            ? say('admin.own.unused')
            : say('admin.own.used', { date: momentText(last_used_at) })}
        </span>
      </span>
      {onRemove && (
        <Button
          kind="danger"
          icon="cross"
          aria-label={say('admin.own.remove_of', { name, date: made })}
          onClick={onRemove}
        >
          {say('admin.own.remove')}
        </Button>
      )}
    </li>
  );
}

interface RemoveProps {
  readonly office: Office;
  readonly passkey: OwnPasskey;
  readonly onRemoved: (name: string) => void;
  readonly onClose: () => void;
}

function RemoveDialog({ office, passkey: { id, name, current }, onRemoved, onClose }: RemoveProps) {
  const remove = async (): Promise<Said | null> => {
    const path = 'DELETE /v1/officer-passkeys/{id}';
    const removed = await office.call<typeof removeOfficerPasskey>(path, { params: { id } });
    const isLast = removed.kind === 'refused' && removed.problem.code === 'conflict';
    if (removed.kind !== 'answered') return isLast ? said('admin.own.last') : troubleOf(removed);
    onRemoved(name);
    return null;
  };
  return (
    <SureDialog
      title={say('admin.own.sure', { name })}
      action={say('admin.own.remove')}
      icon="cross"
      onDo={remove}
      onClose={onClose}
    >
      <p>{say('admin.own.does')}</p>
      {current && <p>{say('admin.own.does_here')}</p>}
      <p class="quiet">{say('admin.own.does_not')}</p>
    </SureDialog>
  );
}
