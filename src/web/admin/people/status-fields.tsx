import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import { statusName } from '../names.ts';
import type { Office } from '../office.ts';
import { say } from '../say.ts';
import { knownStatuses } from '../statuses.ts';
import { type DraftProps, type StatusDraft, statusesLeft, withStatus } from './person-draft.ts';

/** The statuses of a person, each with its last day, and one more to add. */
export function StatusFields({ office, draft, wrong, onChange }: DraftProps & { readonly office: Office }) {
  const known = useSignal<readonly string[]>([]);
  const picked = useSignal('');
  const id = useId();
  useEffect(() => {
    void knownStatuses(office.callBare).then((found) => {
      known.value = found;
    });
  }, []);
  const left = statusesLeft(known.value, draft);
  const type = left.includes(picked.value) ? picked.value : (left[0] ?? '');
  return (
    <fieldset class="form-part">
      <legend>{say('admin.person.statuses')}</legend>
      {draft.statuses.length === 0 && <p class="quiet small">{say('admin.new.no_statuses')}</p>}
      {draft.statuses.map((status, index) => (
        <StatusRow
          key={status.row}
          status={status}
          wrong={[`/statuses/${index}/until`, `/statuses/${index}/type`].map((at) => wrong[at])}
          onUntil={(until) =>
            onChange({
              statuses: draft.statuses.map((one) => (one.row === status.row ? { ...one, until } : one)),
            })
          }
          onRemove={() => onChange({ statuses: draft.statuses.filter(({ row }) => row !== status.row) })}
        />
      ))}
      {left.length > 0 && (
        <div class="form-add">
          <div class="field">
            <label for={id}>{say('admin.new.status')}</label>
            <select
              id={id}
              value={type}
              onChange={({ currentTarget }) => {
                picked.value = currentTarget.value;
              }}
            >
              {left.map((one) => (
                <option key={one} value={one}>
                  {sayAll(statusName(one))}
                </option>
              ))}
            </select>
          </div>
          <Button icon="plus" onClick={() => onChange(withStatus(draft, type))}>
            {say('admin.new.add_status')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface RowProps {
  readonly status: StatusDraft;
  readonly wrong: readonly (DraftProps['wrong'][string] | undefined)[];
  readonly onUntil: (until: string) => void;
  readonly onRemove: () => void;
}

function StatusRow({ status, wrong, onUntil, onRemove }: RowProps) {
  const name = sayAll(statusName(status.type));
  const first = wrong.find((one) => one !== undefined);
  return (
    <div class="form-add">
      <Field
        label={say('admin.new.until', { status: name })}
        type="date"
        value={status.until}
        wrong={first === undefined ? null : sayAll(first)}
        required
        onInput={({ currentTarget }) => onUntil(currentTarget.value)}
      />
      <Button kind="quiet" icon="cross" onClick={onRemove}>
        {say('admin.new.remove', { status: name })}
      </Button>
    </div>
  );
}
