import { useSignal } from '@preact/signals';
import type { erasePerson, reinstatePerson, revokePerson, suspendPerson } from '../../../people/endpoints.ts';
import { Button } from '../../design/button.tsx';
import type { IconName } from '../../design/icon.tsx';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import { nameOf, type Person } from './person.ts';

interface StandingProps {
  readonly office: Office;
  readonly person: Person;
  readonly onChanged: (person: Person, words: Said) => void;
  readonly onErased: (name: string) => void;
}

type Change = 'suspend' | 'reinstate' | 'revoke' | 'erase';

const CHANGES: Readonly<Record<Person['state'], readonly Change[]>> = {
  active: ['suspend', 'revoke', 'erase'],
  suspended: ['reinstate', 'revoke', 'erase'],
  revoked: ['erase'],
};

const ICONS: Readonly<Record<Change, IconName>> = {
  suspend: 'clock',
  reinstate: 'check',
  revoke: 'blocked',
  erase: 'cross',
};

/** What ends or pauses a person's credentials; each asks for a reason, and what hurts for the name. */
export function StandingSection({ office, person, onChanged, onErased }: StandingProps) {
  const open = useSignal<Change | null>(null);
  const name = nameOf(person);
  const close = (): void => {
    open.value = null;
  };
  const act = async (change: Change, reason: string): Promise<Said | null> => {
    const done = await changed(office, person, change, reason);
    if ('key' in done) return done;
    close();
    if (done.person === null) onErased(name);
    else onChanged(done.person, said('admin.standing.done', { name, state: stateWord(done.person.state) }));
    return null;
  };
  return (
    <section class="part">
      <h3>{say('admin.standing.title')}</h3>
      <div class="actions">
        {CHANGES[person.state].map((change) => (
          <Button
            key={change}
            kind={change === 'reinstate' ? 'plain' : 'danger'}
            icon={ICONS[change]}
            onClick={() => {
              open.value = change;
            }}
          >
            {say(`admin.standing.${change}`, { name: person.given_name })}
          </Button>
        ))}
      </div>
      {open.value !== null && (
        <StandingDialog change={open.value} name={name} person={person} onDo={act} onClose={close} />
      )}
    </section>
  );
}

interface DialogProps {
  readonly change: Change;
  readonly name: string;
  readonly person: Person;
  readonly onDo: (change: Change, reason: string) => Promise<Said | null>;
  readonly onClose: () => void;
}

function StandingDialog({ change, name, person, onDo, onClose }: DialogProps) {
  return (
    <SureDialog
      key={change}
      title={say(`admin.standing.${change}.sure`, { name })}
      typed={change === 'reinstate' ? null : name}
      reasoned={change !== 'erase'}
      danger={change !== 'reinstate'}
      icon={ICONS[change]}
      action={say(`admin.standing.${change}`, { name: person.given_name })}
      onDo={(reason) => onDo(change, reason)}
      onClose={onClose}
    >
      <p>{say(`admin.standing.${change}.does`)}</p>
      <p class="quiet">{say(`admin.standing.${change}.does_not`)}</p>
    </SureDialog>
  );
}

function stateWord(state: Person['state']): string {
  return say(`admin.person.state.${state}`);
}

/** Makes the change; answers the person as they are now, null where they were erased, or what went wrong. */
async function changed(
  office: Office,
  { id }: Person,
  change: Change,
  reason: string,
): Promise<Said | { readonly person: Person | null }> {
  const params = { id };
  if (change === 'erase') {
    const erased = await office.call<typeof erasePerson>('DELETE /v1/people/{id}', { params });
    return erased.kind === 'answered' ? { person: null } : troubleOf(erased);
  }
  const sent = { params, body: { reason } };
  const done =
    change === 'suspend'
      ? await office.call<typeof suspendPerson>('POST /v1/people/{id}/suspend', sent)
      : change === 'reinstate'
        ? await office.call<typeof reinstatePerson>('POST /v1/people/{id}/reinstate', sent)
        : await office.call<typeof revokePerson>('POST /v1/people/{id}/revoke', sent);
  return done.kind === 'answered' ? { person: done.body } : troubleOf(done);
}
