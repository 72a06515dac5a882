import { Button } from '../design/button.tsx';
import { say } from '../language/language.ts';
import { Notice } from './notice.tsx';

interface UnansweredProps {
  /** Whether the same question is still asked by itself. */
  readonly trying: boolean;
  readonly onRetry: () => void;
  readonly onDrop: () => void;
}

/** Nothing came back. The till fails closed: without an answer there is no sale. */
export function Unanswered({ trying, onRetry, onDrop }: UnansweredProps) {
  const actions = (
    <>
      <Button kind="main" icon="again" onClick={onRetry}>
        {say('lost.retry')}
      </Button>
      <Button onClick={onDrop}>{say('lost.drop')}</Button>
    </>
  );
  return (
    <Notice icon="offline" title={say('lost.title')} actions={actions}>
      <p>{say(trying ? 'lost.trying' : 'lost.waiting')}</p>
    </Notice>
  );
}
