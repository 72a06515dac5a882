import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { LinkCode } from '../parts/link-code.tsx';
import { say } from '../say.ts';

/** A pairing code as it was made. */
export interface NewCode {
  readonly text: string;
  readonly expiresAt: string;
  /** The service's clock at that time; null where it did not say. */
  readonly madeAt: Date | null;
}

/** A pairing code to be typed at the till, and its link to be scanned there. It goes when it has expired. */
export function PairingCard({ till, code }: { readonly till: string; readonly code: NewCode }) {
  const over = useSignal(false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    card.current?.focus();
    // How long is left by the service's own clock: this one may be wrong.
    const left = Date.parse(code.expiresAt) - (code.madeAt ?? new Date()).getTime();
    const timer = setTimeout(() => {
      over.value = true;
    }, left);
    return () => clearTimeout(timer);
  }, []);
  const label = say('admin.tills.code_of', { till });
  return (
    <section class="offer" ref={card} tabIndex={-1} aria-label={label}>
      <p class="note note-plain" role="status">
        {over.value && say('admin.tills.over')}
      </p>
      {!over.value && (
        <>
          <LinkCode
            link={`${location.origin}/terminal#pair=${code.text}`}
            label={say('admin.tills.scan_of', { till })}
          />
          <div class="offer-code">
            <p class="offer-head">{label}</p>
            <p class="tx-code figures" dir="ltr">
              {grouped(code.text)}
            </p>
            <p>{say('admin.tills.how')}</p>
            <p class="quiet small">{say('admin.tills.until', { time: new Date(code.expiresAt) })}</p>
          </div>
        </>
      )}
    </section>
  );
}

/** In two groups of four, as the till shows it while it is typed. */
function grouped(code: string): string {
  const characters = code.replaceAll('-', '');
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}
