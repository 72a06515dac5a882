import { useSignal } from '@preact/signals';
import type { listAuditEvents } from '../../../audit/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Icon } from '../../design/icon.tsx';
import type { Office } from '../office.ts';
import { Empty } from '../parts/empty.tsx';
import { useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { EVERYTHING, exportHref, type LogFilter, type Query, queryOf, startOfDay } from './log-filter.ts';
import { LogForm } from './log-form.tsx';

const PART = 100;

type Event = Answered<typeof listAuditEvents>['body']['data'][number];

/** What was done, by whom, to what: found by filter, and taken along as a file. */
export function LogScreen({ office }: { readonly office: Office }) {
  const draft = useSignal<LogFilter>(EVERYTHING);
  const query = useSignal<Query>({});
  const list = useList<Event>(async (starting_after) => {
    const asked = { ...query.value, limit: PART, starting_after };
    const read = await office.call<typeof listAuditEvents>('GET /v1/audit-events', { query: asked });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  }, JSON.stringify(query.value));
  const search = (filter: LogFilter): void => {
    draft.value = filter;
    query.value = queryOf(filter, startOfDay);
  };
  return (
    <section class="sheet">
      <div class="half-head">
        <h1>{say('admin.log.title')}</h1>
        <div class="actions">
          <Export query={query.value} form="csv" />
          <Export query={query.value} form="jsonl" />
        </div>
      </div>
      <p class="quiet">{say('admin.log.what')}</p>
      <LogForm draft={draft} onSearch={search} />
      {list.rows !== null && list.rows.length > 0 && (
        <Table rows={list.rows} onAsk={(asked) => search({ ...EVERYTHING, ...asked })} />
      )}
      {list.rows?.length === 0 && (
        <Empty title={say(list.hasMore ? 'admin.log.not_yet' : 'admin.log.none')}>
          <p>{say(list.hasMore ? 'admin.log.not_yet_what' : 'admin.log.none_what')}</p>
        </Empty>
      )}
      <ListState list={list} />
    </section>
  );
}

function Export({ query, form }: { readonly query: Query; readonly form: 'csv' | 'jsonl' }) {
  return (
    <a class="button button-plain" href={exportHref(query, form)} download={`audit-events.${form}`}>
      <Icon name="ledger" size={20} />
      <span>{say(`admin.log.${form}`)}</span>
    </a>
  );
}

interface TableProps {
  readonly rows: readonly Event[];
  readonly onAsk: (asked: Partial<LogFilter>) => void;
}

function Table({ rows, onAsk }: TableProps) {
  return (
    <table class="ledger ledger-log ledger-stacked">
      <thead>
        <tr>
          <th scope="col">{say('admin.log.when')}</th>
          <th scope="col">{say('admin.log.action')}</th>
          <th scope="col">{say('admin.log.actor')}</th>
          <th scope="col">{say('admin.log.subject')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, at, action, code, actor, subject }) => (
          <tr key={id}>
            <td class="figures">{momentText(at)}</td>
            <td dir="ltr">
              <code>{action}</code> {code !== null && <span class="quiet small">{code}</span>}
            </td>
            <td>
              <Ask id={actor} label={say('admin.log.by', { id: actor })} onAsk={() => onAsk({ actor })} />
            </td>
            <td>
              <Ask
                id={subject}
                label={say('admin.log.on', { id: subject })}
                onAsk={() => onAsk({ subject })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ask({
  id,
  label,
  onAsk,
}: {
  readonly id: string;
  readonly label: string;
  readonly onAsk: () => void;
}) {
  return (
    <button type="button" class="ask" dir="ltr" aria-label={label} onClick={onAsk}>
      <code>{id}</code>
    </button>
  );
}
