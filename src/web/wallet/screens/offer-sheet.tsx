import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import type { App } from '../device/app.ts';
import { keepsApart } from '../device/ios.ts';
import type { TxCodeForm } from '../offer.ts';
import { say } from '../say.ts';
import type { Step } from './enrolment-step.ts';
import { Note, Page } from './page.tsx';

interface OfferSheetProps {
  readonly app: App;
  readonly step: Extract<Step, { at: 'offered' }>;
  readonly redeem: (code: string) => Promise<void>;
}

const FORM = 'offer';

/** What is about to be stored, and the code that says it is meant for whoever holds this phone. */
export function OfferSheet({ app, step, redeem }: OfferSheetProps) {
  const { found, wrong } = step;
  const form = found.offer.txCode ?? { numeric: true, length: null };
  const code = useSignal('');
  const busy = useSignal(false);
  const short = useSignal(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const typed = code.value.replace(/[\s-]/g, '');
    short.value = form.length !== null && typed.length !== form.length;
    if (short.value || busy.value) return;
    busy.value = true;
    await redeem(typed);
    busy.value = false;
  };
  return (
    <Page
      title={say('wallet.enrol.title')}
      onBack={app.back}
      actions={
        <Button kind="main" type="submit" form={FORM} busy={busy.value}>
          {say('wallet.enrol.continue')}
        </Button>
      }
    >
      {keepsApart() && <Note text={`${say('wallet.ios.title')}. ${say('wallet.ios.what')}`} />}
      <p class="muted">{say('wallet.enrol.from', { issuer: new URL(found.issuer.id).host })}</p>
      <ul class="stored">
        {found.types.map((type) => (
          <li key={type} class="stored-one">
            <h2>{say(`wallet.enrol.${type}`)}</h2>
            <p>{say(`wallet.enrol.${type}.what`)}</p>
          </li>
        ))}
      </ul>
      <form id={FORM} onSubmit={(event) => void submit(event)}>
        <Field
          label={say('wallet.enrol.code')}
          hint={hintOf(form)}
          wrong={short.value ? shortOf(form) : wrong && wrongWords(wrong)}
          value={code.value}
          onInput={(event) => (code.value = event.currentTarget.value)}
          inputMode={form.numeric ? 'numeric' : 'text'}
          autocomplete="one-time-code"
          class="code-field"
        />
      </form>
    </Page>
  );
}

function hintOf({ length }: TxCodeForm): string {
  return length === null ? say('wallet.enrol.code.any') : say('wallet.enrol.code.hint', { count: length });
}

function shortOf({ length }: TxCodeForm): string {
  return say('wallet.enrol.code.short', { count: length ?? 0 });
}

function wrongWords(wrong: NonNullable<OfferSheetProps['step']['wrong']>): string {
  return wrong === 'wrong_code' ? say('wallet.enrol.code.wrong') : say(`wallet.enrol.trouble.${wrong}`);
}
