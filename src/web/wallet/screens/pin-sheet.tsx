import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Dialog } from '../../design/dialog.tsx';
import { LiveRegion } from '../../design/live-region.tsx';
import type { App, OpenPinPad } from '../device/app.ts';
import { called } from '../people-words.ts';
import { minutesAndSeconds, wrongPin } from '../pin-words.ts';
import { say } from '../say.ts';
import type { Standing } from '../tries.ts';
import { PinEntry } from './pin-entry.tsx';

const TICK = 250;

interface PinSheetProps {
  readonly app: App;
  readonly pad: OpenPinPad;
}

/** Asks for the PIN of whoever is on the screen, over what they were about to do. */
export function PinSheet({ app, pad }: PinSheetProps) {
  const standing = useSignal<Standing>(pad.standing);
  const tried = useSignal(false);
  const busy = useSignal(false);
  const screen = app.screen.value;
  useEffect(() => {
    const leave = (): void => {
      if (document.hidden) pad.close();
    };
    document.addEventListener('visibilitychange', leave);
    // Whoever goes back gives the PIN up.
    return () => {
      document.removeEventListener('visibilitychange', leave);
      pad.close();
    };
  }, [screen]);
  const take = async (pin: string): Promise<void> => {
    busy.value = true;
    const came = await pad.attempt(pin);
    busy.value = false;
    tried.value = true;
    if (came === null) pad.close();
    else standing.value = came;
  };
  const { until } = standing.value;
  const over = (): void => {
    standing.value = { left: 1, until: null };
  };
  return (
    <Dialog title={say('wallet.pin.of', { name: called(app) })} onClose={pad.close}>
      <PinEntry
        label={say('wallet.pin.label')}
        wrong={tried.value && until === null && !busy.value ? wrongPin(standing.value) : ''}
        closed={busy.value || until !== null}
        take={(pin) => void take(pin)}
        instead={until !== null && <Wait app={app} until={until} over={over} />}
      />
      <LiveRegion text={busy.value ? say('wallet.pin.trying') : ''} />
      <details class="more">
        <summary>{say('wallet.pin.forgotten')}</summary>
        <p>{say('wallet.pin.forgotten.what')}</p>
      </details>
    </Dialog>
  );
}

interface WaitProps {
  readonly app: App;
  readonly until: number;
  readonly over: () => void;
}

/** Counts down on the screen; read aloud once as it begins, and not each second. */
function Wait({ app, until, over }: WaitProps) {
  const { now } = app.phone.world;
  const first = useSignal(until - now().getTime());
  const left = useSignal(first.value);
  useEffect(() => {
    const tick = setInterval(() => {
      left.value = until - now().getTime();
      if (left.value <= 0) over();
    }, TICK);
    return () => clearInterval(tick);
  }, [until]);
  return (
    <div class="pin-wait">
      <p role="timer" class="figures">
        {say('wallet.pin.wait', { time: minutesAndSeconds(left.value) })}
      </p>
      <p class="muted small">{say('wallet.pin.wait.what')}</p>
      <LiveRegion urgent text={say('wallet.pin.wait', { time: minutesAndSeconds(first.value) })} />
    </div>
  );
}
