import { type Signal, useSignal } from '@preact/signals';
import type { searchPeople } from '../../../people/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Icon } from '../../design/icon.tsx';
import { LiveRegion } from '../../design/live-region.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Empty } from '../parts/empty.tsx';
import { Note } from '../parts/note.tsx';
import { hrefOf } from '../route.ts';
import { say } from '../say.ts';
import { dayText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { nameOf, type Person } from './person.ts';
import { StateBadge } from './state-badge.tsx';

/** What was searched for, and who has it; null before anything was. */
export interface Found {
  readonly query: string;
  readonly people: readonly Person[] | null;
}

interface FindProps {
  readonly office: Office;
  readonly found: Signal<Found>;
  /** Who is shown beside the list. */
  readonly chosen: string | null;
  readonly mayEnter: boolean;
}

export function FindPeople({ office, found, chosen, mayEnter }: FindProps) {
  const { people, query } = found.value;
  const busy = useSignal(false);
  const wrong = useSignal<Said | null>(null);
  const find = async (): Promise<void> => {
    if (busy.value || query.trim() === '') return;
    busy.value = true;
    const searched = await office.call<typeof searchPeople>('POST /v1/people/search', { body: { query } });
    busy.value = false;
    wrong.value = searched.kind === 'answered' ? null : troubleOf(searched);
    if (searched.kind === 'answered') found.value = { query, people: searched.body.data };
  };
  return (
    <section class="half-list">
      <div class="half-head">
        <h1>{say('admin.people.find')}</h1>
        {mayEnter && (
          <a class="button button-plain" href={hrefOf({ at: 'people', panel: 'new' })}>
            <Icon name="plus" size={20} />
            <span>{say('admin.people.new')}</span>
          </a>
        )}
      </div>
      <form
        class="find"
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <Field
          label={say('admin.people.query')}
          hint={say('admin.people.hint')}
          type="search"
          value={query}
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          onInput={({ currentTarget }) => {
            found.value = { ...found.value, query: currentTarget.value };
          }}
        />
        <Button kind={people === null ? 'main' : 'plain'} icon="search" type="submit" busy={busy.value}>
          {say(busy.value ? 'admin.people.searching' : 'admin.people.search')}
        </Button>
      </form>
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      <LiveRegion text={people === null ? '' : say('admin.people.found', { count: people.length })} />
      {people !== null && <Rows people={people} chosen={chosen} />}
    </section>
  );
}

function Rows({ people, chosen }: { readonly people: readonly Person[]; readonly chosen: string | null }) {
  if (people.length === 0) {
    return (
      <Empty title={say('admin.people.none')}>
        <p>{say('admin.people.none_what')}</p>
      </Empty>
    );
  }
  return (
    <ul class="rows">
      {people.map((person) => (
        <li key={person.id}>
          <a
            class="row"
            href={hrefOf({ at: 'people', panel: person.id })}
            aria-current={person.id === chosen ? 'true' : undefined}
          >
            <span class="row-name">
              <bdi>{nameOf(person)}</bdi>
              <StateBadge state={person.state} quietly />
            </span>
            <span class="quiet small figures">{dayText(person.birth_date)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
