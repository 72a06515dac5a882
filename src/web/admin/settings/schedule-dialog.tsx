import { type Signal, useSignal } from '@preact/signals';
import type { setKeySchedule } from '../../../keys/endpoints.ts';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import {
  NOTHING_WRONG,
  type Schedule,
  scheduleIn,
  type WrongSchedule,
  wrongFirst,
} from './schedule-draft.ts';

interface DialogProps {
  readonly office: Office;
  readonly schedule: Schedule;
  readonly onDone: (words: Said) => void;
  readonly onClose: () => void;
}

const USUAL_DAYS = 90;

/** Sets how often the keys rotate by themselves, and when they do so next. */
export function ScheduleDialog({ office, schedule, onDone, onClose }: DialogProps) {
  const draft = { days: useSignal(String(schedule.every_days ?? USUAL_DAYS)), first: useSignal('') };
  const wrong = useSignal<WrongSchedule>(NOTHING_WRONG);
  const set = async (): Promise<Said | null> => {
    const body = scheduleIn(draft.days.value, draft.first.value);
    wrong.value = body === null ? { days: said('admin.schedule.days_wrong'), first: null } : NOTHING_WRONG;
    if (body === null) return null;
    const done = await office.call<typeof setKeySchedule>('PUT /v1/keys/schedule', { body });
    if (done.kind !== 'answered') {
      wrong.value = { days: null, first: wrongFirst(done, schedule.earliest_at) };
      return wrong.value.first === null ? troubleOf(done) : null;
    }
    onDone(said('admin.schedule.saved'));
    return null;
  };
  return (
    <SureDialog
      title={say(schedule.every_days === null ? 'admin.schedule.set' : 'admin.schedule.change')}
      action={say('admin.schedule.do')}
      icon="clock"
      danger={false}
      onDo={set}
      onClose={onClose}
    >
      <p>{say('admin.schedule.does')}</p>
      <Fields draft={draft} wrong={wrong.value} />
    </SureDialog>
  );
}

interface FieldsProps {
  readonly draft: { readonly days: Signal<string>; readonly first: Signal<string> };
  readonly wrong: WrongSchedule;
}

function Fields({ draft: { days, first }, wrong }: FieldsProps) {
  return (
    <>
      <Field
        label={say('admin.schedule.days')}
        hint={say('admin.schedule.days_hint')}
        inputMode="numeric"
        autocomplete="off"
        maxLength={3}
        dir="ltr"
        value={days.value}
        wrong={wrong.days && sayAll(wrong.days)}
        onInput={({ currentTarget }) => {
          days.value = currentTarget.value;
        }}
      />
      <Field
        label={say('admin.schedule.first')}
        hint={say('admin.schedule.first_hint')}
        type="datetime-local"
        value={first.value}
        wrong={wrong.first && sayAll(wrong.first)}
        onInput={({ currentTarget }) => {
          first.value = currentTarget.value;
        }}
      />
    </>
  );
}
