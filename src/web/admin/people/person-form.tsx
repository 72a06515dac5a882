import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { listed, sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Note } from '../parts/note.tsx';
import { say } from '../say.ts';
import type { Wrong } from '../trouble.ts';
import { AgePreview } from './age-preview.tsx';
import { bodyOf, type DraftProps, type PersonBody, type PersonDraft, wrongBefore } from './person-draft.ts';
import { labelOf } from './person-labels.ts';
import { PortraitField } from './portrait-field.tsx';
import { StatusFields } from './status-fields.tsx';

/** Why it was not taken: fields, or else. */
export interface NotTaken {
  readonly wrong: Wrong;
  readonly trouble: Said;
}

interface FormProps {
  readonly office: Office;
  readonly first: PersonDraft;
  readonly action: string;
  /** Sends it; null if it was taken. */
  readonly onSend: (body: PersonBody) => Promise<NotTaken | null>;
  readonly onLeave?: () => void;
}

/** The facts about somebody, to be written as they stand in the papers. */
export function PersonForm({ office, first, action, onSend, onLeave }: FormProps) {
  const draft = useSignal<PersonDraft>(first);
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
  const send = async (): Promise<void> => {
    if (busy.value) return;
    wrong.value = wrongBefore(draft.value);
    trouble.value = null;
    if (Object.keys(wrong.value).length > 0) return;
    busy.value = true;
    const refused = await onSend(bodyOf(draft.value));
    busy.value = false;
    if (refused === null) return;
    wrong.value = refused.wrong;
    trouble.value = refused.trouble;
  };
  const part = { draft: draft.value, wrong: wrong.value, onChange: change };
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p class="quiet">{say('admin.new.how')}</p>
      <Names {...part} />
      <AgePreview office={office} birthDate={draft.value.birthDate} titled />
      <StatusFields office={office} {...part} />
      <Papers {...part} />
      <PortraitField {...part} />
      <Note
        kind="wrong"
        text={summaryOf(wrong.value, draft.value) ?? (trouble.value && sayAll(trouble.value))}
      />
      <div class="actions">
        <Button kind="main" icon="check" type="submit" busy={busy.value}>
          {action}
        </Button>
        {onLeave && (
          <Button kind="quiet" onClick={onLeave}>
            {say('admin.mend.leave')}
          </Button>
        )}
      </div>
    </form>
  );
}

function summaryOf(wrong: Wrong, draft: PersonDraft): string | null {
  const fields = Object.keys(wrong).map((pointer) => labelOf(pointer, draft));
  return fields.length > 0 ? say('admin.wrong.list', { fields: listed([...new Set(fields)]) }) : null;
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

const PAPERS = [
  { pointer: '/nationality', field: 'nationality', longest: 2, hint: 'admin.new.nationality_hint' },
  { pointer: '/document_number', field: 'documentNumber', longest: 40, hint: 'admin.new.optional' },
  { pointer: '/external_id', field: 'externalId', longest: 100, hint: 'admin.new.number_hint' },
] as const;

function Papers({ draft, wrong, onChange }: DraftProps) {
  return (
    <div class="form-row">
      {PAPERS.map(({ pointer, field, longest, hint }) => (
        <Field
          key={field}
          label={labelOf(pointer, draft)}
          hint={say(hint)}
          value={draft[field]}
          wrong={wrong[pointer] ? sayAll(wrong[pointer]) : null}
          maxLength={longest}
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          onInput={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
        />
      ))}
    </div>
  );
}
