import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Id } from '../../../kernel/ids.ts';
import type { getPerson } from '../../../people/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import { Known } from './known.tsx';
import { MendPerson } from './mend-person.tsx';
import { OfferSection } from './offer-section.tsx';
import { nameOf, type Person } from './person.ts';
import { StandingSection } from './standing-section.tsx';
import { WalletList } from './wallet-list.tsx';

interface PersonProps {
  readonly office: Office;
  readonly id: Id<'person'>;
  /** Entered a moment ago. */
  readonly isNew: boolean;
  readonly mayWrite: boolean;
  readonly onErased: (name: string) => void;
}

/** One person: what is known, the offer, and the phones. */
export function PersonPanel({ office, id, isNew, mayWrite, onErased }: PersonProps) {
  const person = useSignal<Person | null>(null);
  const wrong = useSignal<Said | null>(null);
  const done = useSignal<Said | null>(null);
  const mending = useSignal(false);
  const tell = (now: Person, words: Said): void => {
    person.value = now;
    done.value = words;
    mending.value = false;
  };
  const read = async (): Promise<void> => {
    const found = await office.call<typeof getPerson>('GET /v1/people/{id}', { params: { id } });
    wrong.value = found.kind === 'answered' ? null : troubleOf(found);
    if (found.kind === 'answered') person.value = found.body;
  };
  useEffect(() => void read(), []);
  const back = { to: { at: 'people', panel: null }, words: say('admin.people.back') } as const;
  if (person.value === null) {
    return (
      <Panel title={say(wrong.value === null ? 'admin.loading' : 'admin.part.people')} back={back}>
        <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
        {wrong.value !== null && <Button onClick={() => void read()}>{say('admin.again')}</Button>}
      </Panel>
    );
  }
  return mending.value ? (
    <MendPerson
      office={office}
      person={person.value}
      onMended={(mended) => tell(mended, said('admin.mend.done', { name: nameOf(mended) }))}
      onLeave={() => {
        mending.value = false;
      }}
    />
  ) : (
    <Panel key="there" title={<bdi>{nameOf(person.value)}</bdi>} back={back}>
      <Note kind="done" text={sayAllOf(done.value ?? (isNew ? entered(person.value) : null))} />
      <Known office={office} person={person.value} />
      {mayWrite && (
        <Desk
          office={office}
          person={person.value}
          onMend={() => {
            mending.value = true;
          }}
          onRefused={() => void read()}
        />
      )}
      <WalletList office={office} person={person.value} mayLock={mayWrite} />
      {mayWrite && (
        <StandingSection office={office} person={person.value} onChanged={tell} onErased={onErased} />
      )}
    </Panel>
  );
}

function entered(person: Person): Said {
  return said('admin.new.entered', { name: nameOf(person) });
}

function sayAllOf(words: Said | null): string | null {
  return words && sayAll(words);
}

interface DeskProps {
  readonly office: Office;
  readonly person: Person;
  readonly onMend: () => void;
  readonly onRefused: () => void;
}

/** What is done for a person day by day: an edit, and an offer. */
function Desk({ office, person, onMend, onRefused }: DeskProps) {
  return (
    <>
      {person.state !== 'revoked' && (
        <div class="actions">
          <Button icon="person" onClick={onMend}>
            {say('admin.mend.begin')}
          </Button>
        </div>
      )}
      <OfferSection office={office} person={person} onRefused={onRefused} />
    </>
  );
}
