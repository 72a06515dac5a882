import type { Id } from '../../../kernel/ids.ts';
import type { createPerson } from '../../../people/endpoints.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Panel } from '../parts/panel.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf, type Unanswered, wrongIn } from '../trouble.ts';
import { EMPTY, type PersonBody } from './person-draft.ts';
import { type NotTaken, PersonForm } from './person-form.tsx';

interface NewPersonProps {
  readonly office: Office;
  readonly onEntered: (id: Id<'person'>) => void;
}

/** Enters somebody whose papers lie on the table. */
export function NewPerson({ office, onEntered }: NewPersonProps) {
  const enter = async (body: PersonBody): Promise<NotTaken | null> => {
    const entered = await office.call<typeof createPerson>('POST /v1/people', { body });
    if (entered.kind !== 'answered') {
      return { wrong: entered.kind === 'refused' ? wrongIn(entered.problem) : {}, trouble: whyNot(entered) };
    }
    onEntered(entered.body.id);
    return null;
  };
  return (
    <Panel
      title={say('admin.new.title')}
      back={{ to: { at: 'people', panel: null }, words: say('admin.people.back') }}
    >
      <PersonForm office={office} first={EMPTY} action={say('admin.new.enter')} onSend={enter} />
    </Panel>
  );
}

/** A call that was lost may have entered the person all the same; once more would enter them twice. */
function whyNot(ended: Unanswered): Said {
  return ended.kind === 'lost' && ended.why !== 'unreachable' ? said('admin.new.timeout') : troubleOf(ended);
}
