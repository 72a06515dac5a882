import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { locale } from '../../language/language.ts';
import { say } from '../say.ts';
import { hoursOf, type Statistics } from './counts-view.ts';

/** The questions of each hour: as a drawing, which is loaded when it is first looked at, and as a table behind a touch. */
export function HoursChart({ statistics }: { readonly statistics: Statistics }) {
  const place = useRef<HTMLDivElement>(null);
  const asTable = useSignal(false);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    let end = (): void => {};
    let left = false;
    void import('../device/draw-hours.ts').then(({ drawHours }) => {
      if (!left) end = drawHours(current, hoursOf(statistics), locale());
    });
    return () => {
      left = true;
      end();
    };
  }, [statistics, asTable.value, locale()]);
  return (
    <section class="stack" aria-label={say('admin.overview.by_hour')}>
      <div class="half-head">
        <h2>{say('admin.overview.by_hour')}</h2>
        <Button
          kind="quiet"
          icon={asTable.value ? 'chart' : 'ledger'}
          onClick={() => {
            asTable.value = !asTable.value;
          }}
        >
          {say(asTable.value ? 'admin.overview.as_chart' : 'admin.overview.as_table')}
        </Button>
      </div>
      {asTable.value ? (
        <Table statistics={statistics} />
      ) : (
        <div class="chart" ref={place} role="img" aria-label={say('admin.overview.chart_of')} />
      )}
    </section>
  );
}

function Table({ statistics }: { readonly statistics: Statistics }) {
  const when = new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  const rows = statistics.data.map(({ hour = '', count }) => ({ hour, count }));
  return (
    <table class="ledger ledger-narrow">
      <thead>
        <tr>
          <th scope="col">{say('admin.overview.hour')}</th>
          <th scope="col">{say('admin.overview.questions')}</th>
        </tr>
      </thead>
      <tbody>
        {rows
          .sort((a, b) => (a.hour < b.hour ? 1 : -1))
          .map(({ hour, count }) => (
            <tr key={hour}>
              <th scope="row" class="figures">
                {when.format(new Date(hour))}
              </th>
              <td class="figures">
                {count === null
                  ? say('admin.overview.hidden')
                  : new Intl.NumberFormat(locale()).format(count)}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
