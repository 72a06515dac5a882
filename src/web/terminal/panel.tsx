import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../design/button.tsx';
import { say } from './say.ts';

interface PanelProps {
  readonly title: string;
  /** What the way back is called, where it is not simply that. */
  readonly back?: string;
  readonly onBack: () => void;
  /** What the whole screen listens to, where that is more than its parts. */
  readonly main?: JSX.IntrinsicElements['main'];
  readonly children: ComponentChildren;
}

/** A screen in place of the till's own, for one thing, with the way back first. */
export function Panel({ title, back = say('back'), onBack, main, children }: PanelProps) {
  return (
    <main class="panel" {...main}>
      <header class="panel-head">
        <Button icon="back" kind="quiet" onClick={onBack}>
          {back}
        </Button>
        <h1>{title}</h1>
      </header>
      {children}
    </main>
  );
}
