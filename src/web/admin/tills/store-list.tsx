import { useSignal } from '@preact/signals';
import type { addStore, listStores } from '../../../retailers/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import type { List } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { Note } from '../parts/note.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import type { Retailer } from './permitted-claims.tsx';

export type Store = Answered<typeof listStores>['body']['data'][number];

interface StoresProps {
  readonly office: Office;
  readonly id: Retailer['id'];
  readonly list: List<Store>;
  readonly mayAdd: boolean;
}

/** Where the tills of a shop stand. */
export function StoreList({ office, id, list, mayAdd }: StoresProps) {
  const name = useSignal('');
  const wrong = useSignal<Said | null>(null);
  const busy = useSignal(false);
  const add = async (): Promise<void> => {
    if (busy.value || name.value.trim() === '') return;
    busy.value = true;
    const path = 'POST /v1/retailers/{id}/stores';
    const sent = { params: { id }, body: { name: name.value.trim() } };
    const added = await office.call<typeof addStore>(path, sent);
    busy.value = false;
    wrong.value = added.kind === 'answered' ? null : troubleOf(added);
    if (added.kind !== 'answered') return;
    name.value = '';
    await list.again();
  };
  return (
    <section class="part">
      <h3>{say('admin.stores.title')}</h3>
      {list.rows?.length === 0 && <p class="quiet">{say('admin.stores.none')}</p>}
      <ul class="rows">
        {list.rows?.map((store) => (
          <li class="row row-still" key={store.id}>
            <bdi>{store.name}</bdi>
          </li>
        ))}
      </ul>
      <ListState list={list} />
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      {mayAdd && (
        <form
          class="form-add"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Field
            label={say('admin.stores.name')}
            value={name.value}
            maxLength={100}
            autocomplete="off"
            dir="auto"
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
            }}
          />
          <Button icon="plus" type="submit" busy={busy.value}>
            {say('admin.stores.add')}
          </Button>
        </form>
      )}
    </section>
  );
}
