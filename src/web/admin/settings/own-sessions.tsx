import { useSignal } from '@preact/signals';
import type { endSession, listSessions } from '../../../passkeys/sessions/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { Note } from '../parts/note.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import type { OwnPasskey } from './own-passkeys.tsx';

type Session = Answered<typeof listSessions>['body']['data'][number];

const PART = 50;

interface SessionsProps {
  readonly office: Office;
  readonly passkeys: readonly OwnPasskey[];
}

/** Where the officer is signed in, each place to be left from here. A change of the passkeys may have ended some. */
export function OwnSessions({ office, passkeys }: SessionsProps) {
  const list = useList<Session>(async (starting_after) => {
    const query = { limit: PART, starting_after };
    const read = await office.call<typeof listSessions>('GET /v1/sessions', { query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  }, passkeys.map(({ id }) => id).join());
  const told = useSignal<{ readonly kind: 'done' | 'wrong'; readonly words: Said } | null>(null);
  const end = async ({ id }: Session): Promise<void> => {
    const ended = await office.call<typeof endSession>('DELETE /v1/sessions/{id}', { params: { id } });
    told.value =
      ended.kind === 'answered'
        ? { kind: 'done', words: said('admin.own.ended') }
        : { kind: 'wrong', words: troubleOf(ended) };
    await list.again();
  };
  const toldAs = (kind: 'done' | 'wrong') => (told.value?.kind === kind ? sayAll(told.value.words) : null);
  return (
    <section class="part">
      <h2>{say('admin.own.sessions')}</h2>
      <p class="quiet">{say('admin.own.sessions_what')}</p>
      <Note kind="done" text={toldAs('done')} />
      <Note kind="wrong" text={toldAs('wrong')} />
      <ul class="rows rows-wide">
        {list.rows?.map((session) => (
          <Row
            key={session.id}
            session={session}
            passkey={passkeys.find(({ id }) => id === session.passkey_id)?.name ?? null}
            onEnd={() => void end(session)}
          />
        ))}
      </ul>
      <ListState list={list} />
      {list.rows?.length === 1 && <p class="quiet">{say('admin.own.nowhere')}</p>}
    </section>
  );
}

interface RowProps {
  readonly session: Session;
  readonly passkey: string | null;
  readonly onEnd: () => void;
}

function Row({ session: { verified_at, last_used_at, current }, passkey, onEnd }: RowProps) {
  const since = momentText(verified_at);
  return (
    <li class="row row-still">
      <span class="row-words">
        <span class="row-name">
          {say('admin.own.since', { date: since })}
          {current && <span class="badge badge-active">{say('admin.own.this')}</span>}
        </span>
        <span class="quiet small">
          {passkey !== null && (
            <>
              <bdi>{say('admin.own.with', { name: passkey })}</bdi>
              {' · '}
            </>
          )}
          {last_used_at !== null && say('admin.own.active', { date: momentText(last_used_at) })}
        </span>
      </span>
      {!current && (
        <Button icon="leave" aria-label={say('admin.own.end_of', { date: since })} onClick={onEnd}>
          {say('admin.own.end')}
        </Button>
      )}
    </li>
  );
}
