import { useSignal } from '@preact/signals';
import type { Id } from '../../../kernel/ids.ts';
import type { Office } from '../office.ts';
import { may, type Officer } from '../officer.ts';
import { Empty } from '../parts/empty.tsx';
import { Note } from '../parts/note.tsx';
import { say } from '../say.ts';
import { FindPeople, type Found } from './find-people.tsx';
import { NewPerson } from './new-person.tsx';
import { PersonPanel } from './person-panel.tsx';

interface PeopleProps {
  readonly office: Office;
  readonly officer: Officer;
  readonly panel: null | 'new' | Id<'person'>;
}

/** People are found on one side, and one of them, or a new one, stands on the other. */
export function PeopleScreen({ office, officer, panel }: PeopleProps) {
  const found = useSignal<Found>({ query: '', people: null });
  /** Who was entered a moment ago, to be greeted once. */
  const entered = useSignal<Id<'person'> | null>(null);
  const writes = may(officer, 'people:write');
  /** Who was erased a moment ago. */
  const gone = useSignal<string | null>(null);
  const erased = (name: string): void => {
    gone.value = name;
    found.value = { query: '', people: null };
    location.hash = '#people';
  };
  const enter = (id: Id<'person'>): void => {
    entered.value = id;
    location.hash = `#people/${id}`;
  };
  return (
    <div class={`halves ${panel === null ? '' : 'halves-open'}`}>
      <FindPeople office={office} found={found} chosen={panel} mayEnter={writes} />
      <section class="half-one">
        {panel === null && (
          <Empty title={say('admin.people.start')}>
            <Note
              kind="done"
              text={gone.value === null ? null : say('admin.standing.erased', { name: gone.value })}
            />
            <p>{say(writes ? 'admin.people.start_write' : 'admin.people.start_read')}</p>
          </Empty>
        )}
        {panel === 'new' && <NewPerson office={office} onEntered={enter} />}
        {panel !== null && panel !== 'new' && (
          <PersonPanel
            key={panel}
            office={office}
            id={panel}
            isNew={entered.value === panel}
            mayWrite={writes}
            onErased={erased}
          />
        )}
      </section>
    </div>
  );
}
