import { useSignal } from '@preact/signals';
import type { getKeySchedule, listKeys, rotateKeysNow } from '../../../keys/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { may, type Officer } from '../officer.ts';
import { Note } from '../parts/note.tsx';
import { useRead } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { KeySchedule } from './key-schedule.tsx';

type Key = Answered<typeof listKeys>['body']['data'][number];

interface KeysProps {
  readonly office: Office;
  readonly officer: Officer;
}

/**
 * The keys that sign: which do now, which come next, and which are only kept so that old signatures can be checked; and
 * when they rotate.
 */
export function KeysSheet({ office, officer }: KeysProps) {
  const read = useRead(() => office.call<typeof listKeys>('GET /v1/keys', {}));
  const schedule = useRead(() => office.call<typeof getKeySchedule>('GET /v1/keys/schedule', {}));
  const writes = may(officer, 'keys:write');
  const asking = useSignal(false);
  const done = useSignal<Said | null>(null);
  const rotate = async (): Promise<Said | null> => {
    const rotated = await office.call<typeof rotateKeysNow>('POST /v1/keys/rotate', {});
    if (rotated.kind !== 'answered') return troubleOf(rotated);
    asking.value = false;
    done.value = said('admin.keys.rotated');
    await Promise.all([read.again(), schedule.again()]);
    return null;
  };
  return (
    <div class="part">
      <p class="quiet">{say('admin.keys.what')}</p>
      <Note kind="done" text={done.value && sayAll(done.value)} />
      <ReadState read={read} />
      {read.value !== null && <Table keys={read.value.data} />}
      {writes && (
        <div class="actions">
          <Button
            kind="danger"
            icon="again"
            onClick={() => {
              asking.value = true;
            }}
          >
            {say('admin.keys.rotate')}
          </Button>
        </div>
      )}
      <KeySchedule office={office} read={schedule} mayChange={writes} />
      {asking.value && (
        <SureDialog
          title={say('admin.keys.sure')}
          action={say('admin.keys.rotate')}
          icon="again"
          onDo={rotate}
          onClose={() => {
            asking.value = false;
          }}
        >
          <p>{say('admin.keys.does')}</p>
          <p>{say('admin.keys.does_not')}</p>
        </SureDialog>
      )}
    </div>
  );
}

function Table({ keys }: { readonly keys: readonly Key[] }) {
  return (
    <table class="ledger ledger-stacked">
      <thead>
        <tr>
          <th scope="col">{say('admin.keys.purpose')}</th>
          <th scope="col">{say('admin.keys.state')}</th>
          <th scope="col">{say('admin.keys.since')}</th>
          <th scope="col" class="wide-only">
            {say('admin.keys.id')}
          </th>
        </tr>
      </thead>
      <tbody>
        {[...keys].reverse().map((key) => (
          <tr key={key.id}>
            <th scope="row">{say(`admin.keys.purpose.${key.purpose}`)}</th>
            <td>
              <span class={`badge badge-${key.state}`}>{say(`admin.keys.state.${key.state}`)}</span>
            </td>
            <td class="figures">{momentText(key.retired_at ?? key.created_at)}</td>
            <td class="wide-only small" dir="ltr">
              <code>{key.id}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
