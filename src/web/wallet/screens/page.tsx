import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../design/icon.tsx';
import { say } from '../say.ts';

interface PageProps {
  readonly title: string;
  /** Stands in the title's place, and begins with its words. */
  readonly heading?: ComponentChildren;
  readonly onBack?: () => void;
  /** Stands at the other end of the head. */
  readonly aside?: ComponentChildren;
  /** What can be done here, within reach of a thumb. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** One screen: a head, what is on it, and what can be done at its foot. Its title takes the focus when it comes. */
export function Page({ title, heading: shown = title, onBack, aside, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
    document.title = `${title} · Counterproof`;
  }, [title]);
  return (
    <div class="page">
      <header class="head">
        {onBack && (
          <button type="button" class="back" onClick={onBack}>
            <Icon name="back" />
            <span class="for-readers">{say('wallet.back')}</span>
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {shown}
        </h1>
        {aside}
      </header>
      <main class="body">{children}</main>
      {actions && <footer class="foot">{actions}</footer>}
    </div>
  );
}

/** Something that went wrong or is worth knowing, in a sentence, read aloud when it comes. */
export function Note({ text, kind = 'plain' }: { readonly text: string; readonly kind?: 'plain' | 'wrong' }) {
  return (
    <p class={`note note-${kind}`} role={kind === 'wrong' ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
