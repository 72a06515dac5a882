import { Button } from '../../design/button.tsx';
import { keepAwake } from '../device/wake-lock.ts';
import { say } from '../say.ts';
import type { GatedShowing } from '../showing-gate.ts';
import { Note } from './page.tsx';

const TICK = 250;

/** Where the code will stand, while it is waited for or while the gate is shut. */
export function AtTheGate({
  session,
  waiting,
}: {
  readonly session: GatedShowing;
  readonly waiting: string;
}) {
  const gate = session.gate.value;
  if (gate === 'unlocking' || (gate === 'open' && !session.covered.value)) {
    return (
      <div class="card-place">
        <p class="muted">{gate === 'open' ? waiting : say('wallet.show.unlocking')}</p>
      </div>
    );
  }
  return (
    <div class="card-place">
      <Note text={refusal(session)} />
      <Button
        kind="main"
        icon="lock"
        onClick={() => void (session.covered.value ? session.uncover() : session.begin())}
      >
        {say('wallet.show.unlock')}
      </Button>
    </div>
  );
}

function refusal({ gate, covered }: GatedShowing): string {
  if (gate.value === 'unsupported') return say('wallet.sign_in.unsupported');
  if (gate.value === 'wrong_passkey') return say('wallet.show.wrong_passkey');
  return covered.value ? say('wallet.show.covered') : say('wallet.show.locked');
}

/** Looks at the clock while the code is seen, keeps the screen lit, and covers the code when the app leaves the front. */
export function guard(session: GatedShowing, look: () => void): () => void {
  const release = keepAwake();
  const tick = setInterval(() => {
    if (document.hidden || session.covered.value) return;
    session.tick();
    look();
  }, TICK);
  const leave = (): void => {
    if (document.hidden) session.cover();
  };
  document.addEventListener('visibilitychange', leave);
  return () => {
    clearInterval(tick);
    document.removeEventListener('visibilitychange', leave);
    session.end();
    release();
  };
}
