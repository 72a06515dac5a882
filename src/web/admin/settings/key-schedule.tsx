import { useSignal } from '@preact/signals';
import type { setKeySchedule } from '../../../keys/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { Empty } from '../parts/empty.tsx';
import { Note } from '../parts/note.tsx';
import type { Read } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';
import type { Schedule } from './schedule-draft.ts';

interface ScheduleProps {
  readonly office: Office;
  readonly read: Read<Schedule>;
  readonly mayChange: boolean;
}

/** When the keys rotate by themselves: in words, and for whoever may, a change of it. */
export function KeySchedule({ office, read, mayChange }: ScheduleProps) {
  const open = useSignal<'change' | 'off' | null>(null);
  const done = useSignal<Said | null>(null);
  const schedule = read.value;
  const close = (words: Said | null = null): void => {
    open.value = null;
    done.value = words;
    if (words !== null) void read.again();
  };
  return (
    <section class="part">
      <h2>{say('admin.schedule.title')}</h2>
      <Note kind="done" text={done.value && sayAll(done.value)} />
      <ReadState read={read} />
      {schedule !== null && <Words schedule={schedule} />}
      {schedule !== null && mayChange && (
        <ScheduleButtons
          isSet={schedule.every_days !== null}
          onOpen={(to) => {
            open.value = to;
          }}
        />
      )}
      {schedule !== null && open.value === 'change' && (
        <ScheduleDialog office={office} schedule={schedule} onDone={close} onClose={() => close()} />
      )}
      {open.value === 'off' && <OffDialog office={office} onDone={close} onClose={() => close()} />}
    </section>
  );
}

function Words({ schedule: { every_days, next_at } }: { readonly schedule: Schedule }) {
  if (every_days === null || next_at === null) {
    return (
      <Empty title={say('admin.schedule.none')}>
        <p>{say('admin.schedule.none_what')}</p>
      </Empty>
    );
  }
  return (
    <p>
      {say('admin.schedule.next', { date: momentText(next_at) })}{' '}
      {say('admin.schedule.then', { count: every_days })}
    </p>
  );
}

interface ButtonsProps {
  readonly isSet: boolean;
  readonly onOpen: (to: 'change' | 'off') => void;
}

function ScheduleButtons({ isSet, onOpen }: ButtonsProps) {
  return (
    <div class="actions">
      <Button icon="clock" onClick={() => onOpen('change')}>
        {say(isSet ? 'admin.schedule.change' : 'admin.schedule.set')}
      </Button>
      {isSet && (
        <Button kind="danger" icon="cross" onClick={() => onOpen('off')}>
          {say('admin.schedule.off')}
        </Button>
      )}
    </div>
  );
}

interface OffProps {
  readonly office: Office;
  readonly onDone: (words: Said) => void;
  readonly onClose: () => void;
}

function OffDialog({ office, onDone, onClose }: OffProps) {
  const turnOff = async (): Promise<Said | null> => {
    const body = { every_days: null };
    const ended = await office.call<typeof setKeySchedule>('PUT /v1/keys/schedule', { body });
    if (ended.kind !== 'answered') return troubleOf(ended);
    onDone(said('admin.schedule.ended'));
    return null;
  };
  return (
    <SureDialog
      title={say('admin.schedule.off_sure')}
      action={say('admin.schedule.off')}
      icon="cross"
      onDo={turnOff}
      onClose={onClose}
    >
      <p>{say('admin.schedule.off_does')}</p>
    </SureDialog>
  );
}
