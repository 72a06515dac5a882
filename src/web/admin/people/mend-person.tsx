import type { mendPerson } from '../../../people/endpoints.ts';
import type { Office } from '../office.ts';
import { Panel } from '../parts/panel.tsx';
import { say } from '../say.ts';
import { troubleOf, wrongIn } from '../trouble.ts';
import { nameOf, type Person } from './person.ts';
import { draftOf, type PersonBody } from './person-draft.ts';
import { type NotTaken, PersonForm } from './person-form.tsx';

interface MendProps {
  readonly office: Office;
  readonly person: Person;
  readonly onMended: (person: Person) => void;
  readonly onLeave: () => void;
}

/** Changes what is known about a person. */
export function MendPerson({ office, person, onMended, onLeave }: MendProps) {
  const mend = async (body: PersonBody): Promise<NotTaken | null> => {
    const path = 'PATCH /v1/people/{id}';
    const mended = await office.call<typeof mendPerson>(path, { params: { id: person.id }, body });
    if (mended.kind !== 'answered') {
      return { wrong: mended.kind === 'refused' ? wrongIn(mended.problem) : {}, trouble: troubleOf(mended) };
    }
    onMended(mended.body);
    return null;
  };
  return (
    <Panel
      title={say('admin.mend.title', { name: nameOf(person) })}
      back={{ to: { at: 'people', panel: null }, words: say('admin.people.back') }}
    >
      <p class="note">{say('admin.mend.what')}</p>
      <PersonForm
        office={office}
        first={draftOf(person)}
        action={say('admin.mend.do')}
        onSend={mend}
        onLeave={onLeave}
      />
    </Panel>
  );
}
