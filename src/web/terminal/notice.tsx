import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../design/icon.tsx';

interface NoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly actions: ComponentChildren;
}

/** A screen that says one thing and what to do about it. */
export function Notice({ icon, title, children, actions }: NoticeProps) {
  return (
    <main class="notice">
      <div class="notice-said" role="alert">
        <Icon name={icon} size={96} />
        <h1>{title}</h1>
        <div class="notice-words">{children}</div>
      </div>
      <div class="notice-actions">{actions}</div>
    </main>
  );
}
