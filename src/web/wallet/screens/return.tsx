import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { App } from '../device/app.ts';
import { enter } from '../enter.ts';
import { lockOne, type OwnWallet, ownWallets } from '../lost.ts';
import { dateInFull } from '../moment.ts';
import { ownOffer } from '../refill.ts';
import type { Whose } from '../roster.ts';
import { say } from '../say.ts';
import { type SignedIn, signIn } from '../sign-in.ts';
import type { Session } from '../vault.ts';
import { Note, Page } from './page.tsx';

interface Inside {
  readonly session: Session;
  readonly wallets: readonly OwnWallet[];
}

interface ReturnProps {
  readonly app: App;
  /** Whom a new wallet is for, where somebody comes to others on this phone. */
  readonly whose: Whose | null;
}

/** Signing in with a passkey from before: a wallet for this phone, and a lock for the one that is gone. */
export function Return({ app, whose }: ReturnProps) {
  const inside = useSignal<Inside | null>(null);
  const wrong = useSignal('');
  const enter = async (): Promise<void> => {
    wrong.value = '';
    const signed = await signInHere(app, whose);
    if (typeof signed === 'string') {
      wrong.value = say(`wallet.sign_in.${signed}`);
      return;
    }
    const wallets = (await ownWallets(app.phone, signed.session)) ?? [];
    inside.value = { session: signed.session, wallets };
  };
  const begin = async ({ session }: Inside): Promise<void> => {
    const found = await ownOffer(app.phone, session, 'new_wallet');
    if (typeof found === 'string')
      wrong.value = found === 'stale' ? say('wallet.sign_in.stale') : say(`wallet.enrol.trouble.${found}`);
    else app.go({ at: 'enrol', offer: found, ...(whose !== null && { whose }) });
  };
  const now = inside.value;
  const act = now === null ? enter : () => begin(now);
  const label = now === null ? say('wallet.return.sign_in') : say('wallet.return.do');
  const comes = whose !== null || app.face.value === null;
  return (
    <Page
      title={say(comes ? 'wallet.return.title' : 'wallet.return.wallets')}
      onBack={app.back}
      {...((now === null || comes) && {
        actions: (
          <Button kind="main" onClick={() => void act()}>
            {label}
          </Button>
        ),
      })}
    >
      {now === null && <p>{say('wallet.return.what')}</p>}
      {wrong.value !== '' && <Note kind="wrong" text={wrong.value} />}
      {app.notice.value !== '' && <Note text={app.notice.value} />}
      {now !== null && <Wallets app={app} inside={now} change={(next) => (inside.value = next)} />}
    </Page>
  );
}

/**
 * With a passkey of whoever comes; else with that of whoever is on the screen, and their PIN. Who is on this phone
 * already comes with a PIN and not by the phone's lock alone, which opens every passkey.
 */
async function signInHere(app: App, whose: Whose | null): Promise<Pick<SignedIn, 'session'> | SignInWords> {
  const face = app.face.value;
  if (whose === null && face !== null) return enter(app.phone, face);
  const signed = await signIn(app.phone);
  if (typeof signed === 'string') return signed;
  const here = app.household.holders.value.map((holder) => holder.face.lock.passkey);
  return here.includes(signed.touch.passkey) ? 'is_here' : signed;
}

type SignInWords = Extract<Awaited<ReturnType<typeof enter>>, string> | 'is_here';

interface WalletsProps {
  readonly app: App;
  readonly inside: Inside;
  readonly change: (inside: Inside) => void;
}

/** The wallets of all phones of this person, each of which can be locked from here. */
function Wallets({ app, inside, change }: WalletsProps) {
  const asked = useSignal<OwnWallet | null>(null);
  const lock = async (wallet: OwnWallet): Promise<void> => {
    asked.value = null;
    if (!(await lockOne(app.phone, inside.session, wallet.id))) return;
    const wallets = inside.wallets.map((one) =>
      one === wallet ? { ...one, state: 'locked' as const } : one,
    );
    change({ ...inside, wallets });
    app.notice.value = say('wallet.return.locked_now');
  };
  return (
    <>
      <ul class="rows">
        {inside.wallets.map((wallet) => (
          <li key={wallet.id} class="row">
            <p>{say('wallet.return.wallet', { date: when(wallet) })}</p>
            <WalletState app={app} wallet={wallet} ask={() => (asked.value = wallet)} />
          </li>
        ))}
      </ul>
      {asked.value && <SureToLock wallet={asked.value} close={() => (asked.value = null)} lock={lock} />}
    </>
  );
}

interface WalletStateProps {
  readonly app: App;
  readonly wallet: OwnWallet;
  readonly ask: () => void;
}

function WalletState({ app, wallet, ask }: WalletStateProps) {
  if (wallet.state === 'locked') return <p class="muted">{say('wallet.return.locked')}</p>;
  if (wallet.id === app.face.value?.wallet) return <p class="muted">{say('wallet.return.this')}</p>;
  return (
    <Button kind="danger" onClick={ask}>
      {say('wallet.return.lock', { date: when(wallet) })}
    </Button>
  );
}

interface SureToLockProps {
  readonly wallet: OwnWallet;
  readonly close: () => void;
  readonly lock: (wallet: OwnWallet) => Promise<void>;
}

function SureToLock({ wallet, close, lock }: SureToLockProps) {
  const words = say('wallet.return.lock', { date: when(wallet) });
  return (
    <Dialog
      title={words}
      onClose={close}
      actions={
        <Button kind="danger" onClick={() => void lock(wallet)}>
          {words}
        </Button>
      }
    >
      <p>{say('wallet.return.lock.sure')}</p>
    </Dialog>
  );
}

function when({ created_at }: OwnWallet): string {
  return dateInFull(new Date(created_at));
}
