import { drawQr } from '../../../formats/qr.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { QrCode } from '../../design/qr-code.tsx';
import { Panel } from '../panel.tsx';
import { say } from '../say.ts';
import { codeOf, LESSONS, type Lesson } from './lessons.ts';
import type { Training, TrainingEvent } from './training-state.ts';

interface LessonsProps {
  readonly training: Training;
  readonly send: (event: TrainingEvent) => void;
  readonly onBack: () => void;
}

/** Every screen that a scan can lead to, to be tried without a phone, and which of them were seen. */
export function LessonsPanel({ training, send, onBack }: LessonsProps) {
  const { open, seen } = training;
  const all = LESSONS.length;
  const progress = say('train.progress', { seen: seen.size, all });
  return (
    <Panel title={say('train.lessons')} onBack={onBack}>
      <div class="lessons">
        <p class="lessons-seen figures" role="status">
          <strong>{progress}</strong> <span>{say(seen.size === all ? 'train.all_seen' : 'train.how')}</span>
        </p>
        <ol class="lessons-list">
          {LESSONS.map((lesson) => (
            <LessonRow
              key={lesson.id}
              lesson={lesson}
              open={open === lesson.id}
              seen={seen.has(lesson.id)}
              onOpen={() => send({ type: 'opened', lesson: open === lesson.id ? null : lesson.id })}
              onTry={() => send({ type: 'tried' })}
            />
          ))}
        </ol>
      </div>
    </Panel>
  );
}

interface RowProps {
  readonly lesson: Lesson;
  readonly open: boolean;
  readonly seen: boolean;
  readonly onOpen: () => void;
  readonly onTry: () => void;
}

function LessonRow({ lesson, open, seen, onOpen, onTry }: RowProps) {
  return (
    <li class="lesson">
      <h2>
        <button type="button" class="lesson-title" aria-expanded={open} onClick={onOpen}>
          <span>{say(lesson.title)}</span>
          {seen && (
            <span class="lesson-seen">
              <Icon name="check" /> {say('train.seen')}
            </span>
          )}
        </button>
      </h2>
      {open && (
        <div class="lesson-open">
          <QrCode drawing={drawQr(codeOf(lesson))} label={say('train.code')} />
          <div class="lesson-words">
            <p>{say(lesson.words)}</p>
            <Button kind="main" icon="scan" onClick={onTry}>
              {say('train.try')}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}
