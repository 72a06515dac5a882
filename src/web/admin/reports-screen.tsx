import type { listReports } from '../../reports/endpoints.ts';
import type { Answered } from '../api/contract-types.ts';
import { Button } from '../design/button.tsx';
import { listed, sayAll } from '../language/language.ts';
import { askedName } from './names.ts';
import type { Office } from './office.ts';
import { Empty } from './parts/empty.tsx';
import { useList } from './parts/list.ts';
import { ListState } from './parts/list-state.tsx';
import { say } from './say.ts';
import { dayText } from './times.ts';
import { troubleOf } from './trouble.ts';

const PART = 50;

type Report = Answered<typeof listReports>['body']['data'][number];

/** What holders say of shops that asked for too much. To be read: nothing is done here. */
export function ReportsScreen({ office }: { readonly office: Office }) {
  const list = useList<Report>(async (starting_after) => {
    const read = await office.call<typeof listReports>('GET /v1/reports', {
      query: { limit: PART, starting_after },
    });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  });
  return (
    <section class="sheet">
      <div class="half-head">
        <h1>{say('admin.reports.title')}</h1>
        <Button kind="quiet" icon="again" onClick={() => void list.again()}>
          {say('admin.look_again')}
        </Button>
      </div>
      <p class="quiet">{say('admin.reports.what')}</p>
      {list.rows !== null && list.rows.length > 0 && <Table rows={list.rows} />}
      {list.rows?.length === 0 && (
        <Empty title={say('admin.reports.none')}>
          <p>{say('admin.reports.none_what')}</p>
        </Empty>
      )}
      <ListState list={list} />
    </section>
  );
}

function Table({ rows }: { readonly rows: readonly Report[] }) {
  return (
    <table class="ledger">
      <thead>
        <tr>
          <th scope="col">{say('admin.reports.shop')}</th>
          <th scope="col">{say('admin.reports.asked')}</th>
          <th scope="col">{say('admin.reports.day')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, retailer_name, asked, words, day }) => (
          <tr key={id}>
            <th scope="row">
              <bdi>{retailer_name}</bdi>
            </th>
            <td>
              {listed(asked.map((one) => sayAll(askedName(one))))}
              {words !== null && (
                <q class="ledger-words" dir="auto">
                  {words}
                </q>
              )}
            </td>
            <td class="figures">{dayText(day, 'medium')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
