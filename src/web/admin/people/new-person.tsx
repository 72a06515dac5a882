import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Id } from '../../../kernel/ids.ts';
import type { createPerson } from '../../../people/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { locale, sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf, type Unanswered, type Wrong, wrongIn } from '../trouble.ts';
import { bodyOf, type DraftProps, EMPTY, type PersonDraft, wrongBefore } from './person-draft.ts';
import { labelOf } from './person-labels.ts';
import { PortraitField } from './portrait-field.tsx';
import { StatusFields } from './status-fields.tsx';

interface NewPersonProps {
  readonly office: Office;
  readonly onEntered: (id: Id<'person'>) => void;
}

/** Enters somebody whose papers lie on the table. */
export function NewPerson({ office, onEntered }: NewPersonProps) {
  const draft = useSignal<PersonDraft>(EMPTY);
  const wrong = useSignal<Wrong>({});
  const trouble = useSignal<Said | null>(null);
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wrong.value]);
  const change = (changed: Partial<PersonDraft>): void => {
    draft.value = { ...draft.value, ...changed };
  };
  const enter = async (): Promise<void> => {
    if (busy.value) return;
    wrong.value = wrongBefore(draft.value);
    trouble.value = null;
    if (Object.keys(wrong.value).length > 0) return;
    busy.value = true;
    const entered = await office.call<typeof createPerson>('POST /v1/people', { body: bodyOf(draft.value) });
    busy.value = false;
    if (entered.kind === 'answered') return onEntered(entered.body.id);
    if (entered.kind === 'refused') wrong.value = wrongIn(entered.problem);
    trouble.value = whyNot(entered);
  };
  const fields = Object.keys(wrong.value).map((pointer) => labelOf(pointer, draft.value));
  const listed = new Intl.ListFormat(locale()).format([...new Set(fields)]);
  const summary = fields.length > 0 ? say('admin.wrong.list', { fields: listed }) : null;
  return (
    <Panel
      title={say('admin.new.title')}
      back={{ to: { at: 'people', panel: null }, words: say('admin.people.back') }}
    >
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <p class="quiet">{say('admin.new.how')}</p>
        <Names draft={draft.value} wrong={wrong.value} onChange={change} />
        <StatusFields office={office} draft={draft.value} wrong={wrong.value} onChange={change} />
        <PortraitField draft={draft.value} wrong={wrong.value} onChange={change} />
        <Note kind="wrong" text={summary ?? (trouble.value && sayAll(trouble.value))} />
        <div class="actions">
          <Button kind="main" icon="check" type="submit" busy={busy.value}>
            {say('admin.new.enter')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** A call that was lost may have entered the person all the same; once more would enter them twice. */
function whyNot(ended: Unanswered): Said {
  return ended.kind === 'lost' && ended.why !== 'unreachable' ? said('admin.new.timeout') : troubleOf(ended);
}

const NAMES = [
  { pointer: '/given_name', field: 'givenName' },
  { pointer: '/family_name', field: 'familyName' },
] as const;

function Names({ draft, wrong, onChange }: DraftProps) {
  const saidOf = (pointer: string): string | null => (wrong[pointer] ? sayAll(wrong[pointer]) : null);
  return (
    <div class="form-row">
      {NAMES.map(({ pointer, field }) => (
        <Field
          key={field}
          label={labelOf(pointer, draft)}
          value={draft[field]}
          wrong={saidOf(pointer)}
          maxLength={100}
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          required
          onInput={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
        />
      ))}
      <Field
        label={labelOf('/birth_date', draft)}
        type="date"
        value={draft.birthDate}
        wrong={saidOf('/birth_date')}
        min="1880-01-01"
        autocomplete="off"
        required
        onInput={({ currentTarget }) => onChange({ birthDate: currentTarget.value })}
      />
    </div>
  );
}
