import { useSignal } from '@preact/signals';
import type { Id } from '../../../kernel/ids.ts';
import type { listTerminals, renewPairingCode } from '../../../retailers/terminals/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { type NewCode, PairingCard } from './pairing-card.tsx';

const PART = 50;

type Terminal = Answered<typeof listTerminals>['body']['data'][number];

interface ShopProps {
  readonly office: Office;
  readonly id: Id<'retailer'>;
  readonly name: string;
  readonly mayPair: boolean;
}

/** The tills of one shop. */
export function ShopPanel({ office, id, name, mayPair }: ShopProps) {
  const list = useList<Terminal>(async (starting_after) => {
    const path = 'GET /v1/retailers/{id}/terminals';
    const query = { limit: PART, starting_after };
    const read = await office.call<typeof listTerminals>(path, { params: { id }, query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  }, id);
  return (
    <Panel
      title={<bdi>{name}</bdi>}
      back={{ to: { at: 'tills', retailer: null }, words: say('admin.tills.back') }}
    >
      {list.rows?.length === 0 && <p class="quiet">{say('admin.tills.no_tills')}</p>}
      <ul class="rows">
        {list.rows?.map((till) => (
          <Till key={till.id} office={office} till={till} mayPair={mayPair} />
        ))}
      </ul>
      <ListState list={list} />
    </Panel>
  );
}

interface TillProps {
  readonly office: Office;
  readonly till: Terminal;
  readonly mayPair: boolean;
}

function Till({ office, till, mayPair }: TillProps) {
  const code = useSignal<NewCode | null>(null);
  const wrong = useSignal<Said | null>(null);
  const busy = useSignal(false);
  const renew = async (): Promise<void> => {
    busy.value = true;
    const path = 'POST /v1/terminals/{id}/pairing-codes';
    const made = await office.call<typeof renewPairingCode>(path, { params: { id: till.id } });
    busy.value = false;
    wrong.value = made.kind === 'answered' ? null : troubleOf(made);
    if (made.kind !== 'answered') return;
    const { pairing_code: text, expires_at: expiresAt } = made.body;
    code.value = { text, expiresAt, madeAt: made.servedAt };
  };
  return (
    <li class="till">
      <div class="row row-still">
        <span class="row-words">
          <bdi>{till.name}</bdi>
          <span class="quiet small">
            {till.blocked_at === null
              ? say(till.live ? 'admin.tills.live' : 'admin.tills.test')
              : say('admin.tills.blocked', { date: momentText(till.blocked_at) })}
          </span>
        </span>
        {mayPair && till.blocked_at === null && (
          <Button
            icon="qr"
            busy={busy.value}
            aria-label={say('admin.tills.code_for', { till: till.name })}
            onClick={() => void renew()}
          >
            {say('admin.tills.code')}
          </Button>
        )}
      </div>
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      {code.value !== null && <PairingCard key={code.value.text} till={till.name} code={code.value} />}
    </li>
  );
}
