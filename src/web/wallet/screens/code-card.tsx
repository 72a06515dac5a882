import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon, type IconName } from '../../design/icon.tsx';
import { CodeDrawing } from '../code-drawing.tsx';
import type { LiveTicket } from '../present.ts';
import { say } from '../say.ts';

export type Form = 'qr' | 'barcode' | 'digits';

const FORMS: readonly { readonly form: Form; readonly icon: IconName }[] = [
  { form: 'qr', icon: 'qr' },
  { form: 'barcode', icon: 'barcode' },
  { form: 'digits', icon: 'keypad' },
];

/** The white card: one code, in one of its three forms. */
export function CodeCard({ ticket, form }: { readonly ticket: LiveTicket; readonly form: Form }) {
  useEffect(() => {
    const { signing, uploading } = ticket.took;
    requestAnimationFrame(() => requestAnimationFrame(() => measured(signing, uploading)));
  }, []);
  return (
    <div class="code-card">
      {form === 'qr' && <CodeDrawing digits={ticket.digits} label={say('wallet.show.code')} />}
      {form === 'barcode' && <Barcode digits={ticket.digits} />}
      {form === 'digits' && <Digits digits={ticket.digits} />}
    </div>
  );
}

/** One touch for each form that a code can have. */
export function Forms({ form }: { readonly form: Signal<Form> }) {
  return (
    <div class="forms">
      {FORMS.map((one) => (
        <button
          key={one.form}
          type="button"
          class="way"
          aria-pressed={form.value === one.form}
          onClick={() => {
            form.value = one.form;
          }}
        >
          <Icon name={one.icon} />
          <span>{say(`wallet.show.${one.form}`)}</span>
        </button>
      ))}
    </div>
  );
}

function Barcode({ digits }: { readonly digits: string }) {
  const drawing = useSignal<{ readonly width: number; readonly path: string } | null>(null);
  useEffect(() => {
    void import('../barcode.ts').then(({ drawBarcode }) => {
      drawing.value = drawBarcode(digits);
    });
  }, [digits]);
  if (drawing.value === null) return <p class="muted">{say('wallet.show.preparing')}</p>;
  const { width, path } = drawing.value;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${width} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say('wallet.show.barcode')}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}

const GROUP = 4;

/** Groups of four, as they are read out; from left to right in every language. */
function Digits({ digits }: { readonly digits: string }) {
  const groups = digits.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
  return (
    <div class="digits">
      <p class="small">{say('wallet.show.read_out')}</p>
      <p class="figures" dir="ltr">
        {groups.map((group, at) => (
          <span key={at}>{group} </span>
        ))}
      </p>
    </div>
  );
}

/** For whoever measures: from the open lock to the code on the screen, and what of it went to signing and uploading. */
function measured(signing: number, uploading: number): void {
  if (performance.getEntriesByName('wallet-unlocked').length === 0) return;
  performance.measure('wallet-unlocked-to-code', 'wallet-unlocked');
  performance.measure('wallet-signing', { start: 0, duration: signing });
  performance.measure('wallet-uploading', { start: 0, duration: uploading });
  performance.clearMarks('wallet-unlocked');
}
