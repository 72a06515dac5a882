import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { EVENT_KINDS } from '../../../kernel/event-kinds.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { say } from '../say.ts';
import { EVERYTHING, type LogFilter } from './log-filter.ts';

interface FormProps {
  readonly draft: Signal<LogFilter>;
  readonly onSearch: (filter: LogFilter) => void;
}

/** What of the log is wanted. */
export function LogForm({ draft, onSearch }: FormProps) {
  const id = useId();
  const change = (changed: Partial<LogFilter>): void => {
    draft.value = { ...draft.value, ...changed };
  };
  const text = (name: 'actor' | 'subject' | 'from' | 'to', kind: { readonly type?: 'date' } = {}) => (
    <Field
      label={say(`admin.log.${name}`)}
      {...kind}
      value={draft.value[name]}
      maxLength={128}
      autocomplete="off"
      spellcheck={false}
      dir="ltr"
      onInput={({ currentTarget }) => change({ [name]: currentTarget.value })}
    />
  );
  return (
    <form
      class="filter"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(draft.value);
      }}
    >
      <div class="field">
        <label for={id}>{say('admin.log.kind')}</label>
        <select
          id={id}
          value={draft.value.kind}
          onChange={({ currentTarget }) =>
            change({ kind: EVENT_KINDS.find((kind) => kind === currentTarget.value) ?? '' })
          }
        >
          <option value="">{say('admin.log.all_kinds')}</option>
          {EVENT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kind}
            </option>
          ))}
        </select>
      </div>
      {text('actor')}
      {text('subject')}
      {text('from', { type: 'date' })}
      {text('to', { type: 'date' })}
      <div class="actions">
        <Button kind="main" icon="search" type="submit">
          {say('admin.log.search')}
        </Button>
        <Button kind="quiet" icon="cross" onClick={() => onSearch(EVERYTHING)}>
          {say('admin.log.clear')}
        </Button>
      </div>
    </form>
  );
}
