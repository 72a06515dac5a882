import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../design/icon.tsx';
import { hrefOf, type Route } from '../route.ts';

interface PanelProps {
  readonly title: ComponentChildren;
  readonly back: { readonly to: Route; readonly words: string };
  readonly children: ComponentChildren;
}

/** One thing beside its list; where there is no room for both, in its place. Whoever opened it is led to its heading. */
export function Panel({ title, back, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <article class="panel">
      <a class="panel-back" href={hrefOf(back.to)}>
        <Icon name="back" size={20} />
        {back.words}
      </a>
      <h2 class="panel-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </article>
  );
}
