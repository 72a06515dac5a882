import { useSignal } from '@preact/signals';
import type {
  blockTerminal,
  listTerminals,
  renewPairingCode,
  rotateTerminalKey,
} from '../../../retailers/terminals/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { type Act, useAct } from '../parts/act.ts';
import { Note } from '../parts/note.tsx';
import { OnceShown } from '../parts/once-shown.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { type NewCode, PairingCard } from './pairing-card.tsx';

export type Terminal = Answered<typeof listTerminals>['body']['data'][number];
type NewKey = Answered<typeof rotateTerminalKey>['body'];

interface TillProps {
  readonly office: Office;
  readonly till: Terminal;
  readonly store: string | null;
  readonly mayChange: boolean;
  readonly onBlocked: () => void;
}

/** One till: how it is paired, its key, and its end. */
export function TillRow({ office, till, store, mayChange, onBlocked }: TillProps) {
  const code = useSignal<NewCode | null>(null);
  const key = useSignal<NewKey | null>(null);
  const open = useSignal<'key' | 'block' | null>(null);
  const renew = useAct(async () => {
    const path = 'POST /v1/terminals/{id}/pairing-codes';
    const made = await office.call<typeof renewPairingCode>(path, { params: { id: till.id } });
    if (made.kind !== 'answered') return troubleOf(made);
    const { pairing_code: text, expires_at: expiresAt } = made.body;
    code.value = { text, expiresAt, madeAt: made.servedAt };
    return null;
  });
  const dialog = {
    office,
    till,
    onClose: () => {
      open.value = null;
    },
  };
  return (
    <li class="till">
      <div class="row row-still">
        <TillWords till={till} store={store} />
        {mayChange && till.blocked_at === null && (
          <TillButtons
            till={till.name}
            renew={renew}
            onOpen={(to) => {
              open.value = to;
            }}
          />
        )}
      </div>
      <Note kind="wrong" text={renew.wrong} />
      {code.value !== null && <PairingCard key={code.value.text} till={till.name} code={code.value} />}
      {key.value !== null && <KeyCard key={key.value.key} till={till.name} made={key.value} />}
      {open.value === 'key' && (
        <KeyDialog
          {...dialog}
          onMade={(made) => {
            key.value = made;
          }}
        />
      )}
      {open.value === 'block' && <BlockDialog {...dialog} onBlocked={onBlocked} />}
    </li>
  );
}

interface ButtonsProps {
  readonly till: string;
  readonly renew: Act;
  readonly onOpen: (to: 'key' | 'block') => void;
}

function TillButtons({ till, renew, onOpen }: ButtonsProps) {
  return (
    <span class="actions">
      <Button
        icon="qr"
        busy={renew.busy}
        aria-label={say('admin.tills.code_for', { till })}
        onClick={() => void renew.run()}
      >
        {say('admin.tills.code')}
      </Button>
      <Button icon="again" aria-label={say('admin.till.new_key_for', { till })} onClick={() => onOpen('key')}>
        {say('admin.till.new_key')}
      </Button>
      <Button
        kind="danger"
        icon="blocked"
        aria-label={say('admin.till.block_of', { till })}
        onClick={() => onOpen('block')}
      >
        {say('admin.till.block')}
      </Button>
    </span>
  );
}

function KeyCard({ till, made }: { readonly till: string; readonly made: NewKey }) {
  return (
    <OnceShown
      title={say('admin.till.key_of', { till })}
      label={say('admin.till.key')}
      text={made.key}
      copy={say('admin.till.copy_key')}
    >
      <p class="quiet small">{say('admin.till.older', { date: momentText(made.older_keys_expire_at) })}</p>
    </OnceShown>
  );
}

interface DialogProps {
  readonly office: Office;
  readonly till: Terminal;
  readonly onClose: () => void;
}

function KeyDialog({
  office,
  till,
  onMade,
  onClose,
}: DialogProps & { readonly onMade: (key: NewKey) => void }) {
  const rotate = async (): Promise<Said | null> => {
    const sent = { params: { id: till.id } };
    const made = await office.call<typeof rotateTerminalKey>('POST /v1/terminals/{id}/keys', sent);
    if (made.kind !== 'answered') return troubleOf(made);
    onMade(made.body);
    onClose();
    return null;
  };
  return (
    <SureDialog
      title={say('admin.till.new_key_for', { till: till.name })}
      action={say('admin.till.new_key')}
      danger={false}
      onDo={rotate}
      onClose={onClose}
    >
      <p>{say('admin.till.new_key_what')}</p>
    </SureDialog>
  );
}

function BlockDialog({ office, till, onBlocked, onClose }: DialogProps & { readonly onBlocked: () => void }) {
  const block = async (): Promise<Said | null> => {
    const sent = { params: { id: till.id } };
    const blocked = await office.call<typeof blockTerminal>('DELETE /v1/terminals/{id}', sent);
    if (blocked.kind !== 'answered') return troubleOf(blocked);
    onClose();
    onBlocked();
    return null;
  };
  return (
    <SureDialog
      title={say('admin.till.sure', { till: till.name })}
      typed={till.name}
      action={say('admin.till.block_of', { till: till.name })}
      icon="blocked"
      onDo={block}
      onClose={onClose}
    >
      <p>{say('admin.till.does')}</p>
      <p class="quiet">{say('admin.till.does_not')}</p>
    </SureDialog>
  );
}

function TillWords({ till, store }: { readonly till: Terminal; readonly store: string | null }) {
  return (
    <span class="row-words">
      <bdi>{till.name}</bdi>
      <span class="quiet small">
        {till.blocked_at === null
          ? say(till.live ? 'admin.tills.live' : 'admin.tills.test')
          : say('admin.tills.blocked', { date: momentText(till.blocked_at) })}
        {store !== null && (
          <>
            {' · '}
            <bdi>{store}</bdi>
          </>
        )}
      </span>
    </span>
  );
}
