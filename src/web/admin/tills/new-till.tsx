import { type Signal, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { addTerminal } from '../../../retailers/terminals/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { ActForm } from '../parts/act-form.tsx';
import { OnceShown } from '../parts/once-shown.tsx';
import { TextField } from '../parts/text-field.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import type { Retailer } from './permitted-claims.tsx';
import type { Store } from './store-list.tsx';

type Added = Answered<typeof addTerminal>['body'];

interface NewTillProps {
  readonly office: Office;
  readonly id: Retailer['id'];
  readonly stores: readonly Store[];
  /** Whether there is no till yet, so that this comes next. */
  readonly first: boolean;
  readonly onAdded: () => void;
}

/** Adds a till, and shows its key this once. */
export function NewTill({ office, id, stores, first, onAdded }: NewTillProps) {
  const draft = { name: useSignal(''), store: useSignal<Store['id'] | ''>(''), live: useSignal(true) };
  const added = useSignal<Added | null>(null);
  const missing = useSignal(false);
  const add = useAct(async () => {
    const { name, store, live } = draft;
    missing.value = name.value.trim() === '';
    if (missing.value) return null;
    const store_id = store.value === '' ? null : store.value;
    const body = { name: name.value.trim(), store_id, live: live.value };
    const path = 'POST /v1/retailers/{id}/terminals';
    const made = await office.call<typeof addTerminal>(path, { params: { id }, body });
    if (made.kind !== 'answered') return troubleOf(made);
    added.value = made.body;
    name.value = '';
    onAdded();
    return null;
  });
  return (
    <>
      <details class="form-box" open={first}>
        <summary>{say('admin.till.new')}</summary>
        <ActForm act={add} action={say('admin.till.add')} icon="plus">
          <TillFields draft={draft} stores={stores} missing={missing.value} />
        </ActForm>
      </details>
      {added.value !== null && <AddedKey key={added.value.id} added={added.value} />}
    </>
  );
}

/** Beside the form, which may close: it is shown this once. */
function AddedKey({ added: { name, key } }: { readonly added: Added }) {
  return (
    <OnceShown
      title={say('admin.till.key_of', { till: name })}
      label={say('admin.till.key')}
      text={key}
      copy={say('admin.till.copy_key')}
    >
      <p class="quiet small">{say('admin.till.key_what')}</p>
    </OnceShown>
  );
}

interface FieldsProps {
  readonly draft: {
    readonly name: Signal<string>;
    readonly store: Signal<Store['id'] | ''>;
    readonly live: Signal<boolean>;
  };
  readonly stores: readonly Store[];
  readonly missing: boolean;
}

function TillFields({ draft: { name, store, live }, stores, missing }: FieldsProps) {
  return (
    <>
      <div class="form-row">
        <TextField
          label={say('admin.till.name')}
          text={name}
          wrong={missing ? say('admin.wrong.missing') : null}
        />
        {stores.length > 0 && (
          <StoreChoice
            stores={stores}
            chosen={store.value}
            onChoose={(chosen) => {
              store.value = chosen;
            }}
          />
        )}
      </div>
      <label class="choice">
        <input
          type="checkbox"
          checked={live.value}
          onChange={({ currentTarget }) => {
            live.value = currentTarget.checked;
          }}
        />
        <span>
          {say('admin.till.live')}
          <span class="known-line quiet small">{say('admin.till.live_what')}</span>
        </span>
      </label>
    </>
  );
}

interface StoreChoiceProps {
  readonly stores: readonly Store[];
  readonly chosen: Store['id'] | '';
  readonly onChoose: (id: Store['id'] | '') => void;
}

function StoreChoice({ stores, chosen, onChoose }: StoreChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{say('admin.till.store')}</label>
      <select
        id={id}
        value={chosen}
        onChange={({ currentTarget }) =>
          onChoose(stores.find((store) => store.id === currentTarget.value)?.id ?? '')
        }
      >
        <option value="">{say('admin.till.no_store')}</option>
        {stores.map((store) => (
          <option key={store.id} value={store.id}>
            {store.name}
          </option>
        ))}
      </select>
    </div>
  );
}
