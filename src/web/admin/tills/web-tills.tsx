import { useSignal } from '@preact/signals';
import { originOf, type WebOrigin } from '../../../kernel/web-origin.ts';
import type { changeRetailer } from '../../../retailers/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { copyText } from '../device/copy-text.ts';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { Note } from '../parts/note.tsx';
import { PlainForm } from '../parts/plain-form.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { TextField } from '../parts/text-field.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import type { Retailer } from './permitted-claims.tsx';

/** As long as browsers let an address be that somebody copies. */
const LONGEST_ADDRESS = 2_000;

interface WebTillsProps {
  readonly office: Office;
  readonly retailer: Retailer;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

/** Where the web tills of a shop are: pages there may show the terminal in a frame. */
export function WebTills({ office, retailer, mayChange, onChanged }: WebTillsProps) {
  const leaving = useSignal<WebOrigin | null>(null);
  const { embedding_origins: origins } = retailer;
  const change = async (next: readonly WebOrigin[]): Promise<Said | null> => {
    const sent = { params: { id: retailer.id }, body: { embedding_origins: [...next] } };
    const changed = await office.call<typeof changeRetailer>('PATCH /v1/retailers/{id}', sent);
    if (changed.kind !== 'answered') return troubleOf(changed);
    onChanged();
    return null;
  };
  const close = (): void => {
    leaving.value = null;
  };
  const remove = async (origin: WebOrigin): Promise<Said | null> => {
    const wrong = await change(origins.filter((one) => one !== origin));
    if (wrong === null) close();
    return wrong;
  };
  return (
    <section class="part">
      <h3>{say('admin.web_tills.title')}</h3>
      {origins.length === 0 && <p class="quiet">{say('admin.web_tills.none')}</p>}
      <ul class="rows">
        {origins.map((origin) => (
          <Origin
            key={origin}
            origin={origin}
            onRemove={
              mayChange
                ? () => {
                    leaving.value = origin;
                  }
                : null
            }
          />
        ))}
      </ul>
      {origins.length > 0 && <PageAddress id={retailer.id} />}
      {mayChange && <AddTill origins={origins} onAdd={(origin) => change([...origins, origin])} />}
      {leaving.value !== null && <Removal origin={leaving.value} onRemove={remove} onClose={close} />}
    </section>
  );
}

interface OriginProps {
  readonly origin: WebOrigin;
  readonly onRemove: (() => void) | null;
}

function Origin({ origin, onRemove }: OriginProps) {
  return (
    <li class="row row-still">
      <bdi class="row-words">{origin}</bdi>
      {onRemove && (
        <Button
          kind="quiet"
          icon="cross"
          aria-label={say('admin.web_tills.remove_of', { origin })}
          onClick={onRemove}
        >
          {say('admin.web_tills.remove')}
        </Button>
      )}
    </li>
  );
}

/** What the programmers of the web till need: the page that it frames. */
function PageAddress({ id }: { readonly id: string }) {
  const copied = useSignal<Said | null>(null);
  const address = `${location.origin}/terminal/embedded/${id}`;
  return (
    <>
      <p class="web-till-page">
        <span>
          <span class="quiet small">{say('admin.web_tills.page')}</span> <bdi>{address}</bdi>
        </span>
        <Button
          icon="copy"
          onClick={async () => {
            copied.value = await copyText(address);
          }}
        >
          {say('admin.web_tills.copy')}
        </Button>
      </p>
      <Note kind="done" text={copied.value && sayAll(copied.value)} />
    </>
  );
}

interface AddProps {
  readonly origins: readonly WebOrigin[];
  readonly onAdd: (origin: WebOrigin) => Promise<Said | null>;
}

function AddTill({ origins, onAdd }: AddProps) {
  const address = useSignal('');
  const wrong = useSignal<'no_origin' | 'there' | null>(null);
  const add = useAct(async () => {
    const origin = originOf(address.value);
    const known = origin !== null && origins.includes(origin);
    wrong.value = origin === null ? 'no_origin' : known ? 'there' : null;
    if (origin === null || known) return null;
    const refused = await onAdd(origin);
    if (refused === null) address.value = '';
    return refused;
  });
  return (
    <PlainForm class="form-add form-add-long" onSubmit={() => void add.run()}>
      <TextField
        label={say('admin.web_tills.address')}
        hint={say('admin.web_tills.address_hint')}
        text={address}
        longest={LONGEST_ADDRESS}
        wrong={wrong.value && say(`admin.web_tills.${wrong.value}`)}
      />
      <Button icon="plus" type="submit" busy={add.busy}>
        {say('admin.web_tills.add')}
      </Button>
      <Note kind="wrong" text={add.wrong} />
    </PlainForm>
  );
}

interface RemovalProps {
  readonly origin: WebOrigin;
  readonly onRemove: (origin: WebOrigin) => Promise<Said | null>;
  readonly onClose: () => void;
}

function Removal({ origin, onRemove, onClose }: RemovalProps) {
  return (
    <SureDialog
      title={say('admin.web_tills.sure', { origin })}
      action={say('admin.web_tills.remove_do')}
      onDo={() => onRemove(origin)}
      onClose={onClose}
    >
      <p>{say('admin.web_tills.does')}</p>
      <p class="quiet">{say('admin.web_tills.does_not')}</p>
    </SureDialog>
  );
}
