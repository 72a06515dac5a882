import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The one thing to do here, another thing, a thing in passing, or one that cannot be undone. */
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** While it is at work it stays where it is, says so, and cannot be pressed again. */
  readonly busy?: boolean;
  readonly children: ComponentChildren;
}

/** Its words say what it does. */
export function Button({ kind = 'plain', icon, busy = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${kind}`}
      aria-busy={busy}
      aria-disabled={busy}
      {...(onClick && { onClick: busy ? (event) => event.preventDefault() : onClick })}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
