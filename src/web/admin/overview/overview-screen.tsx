import { type Signal, useSignal } from '@preact/signals';
import type { getStatistics } from '../../../statistics/endpoints.ts';
import type { Outcome } from '../../api/client.ts';
import { locale } from '../../language/language.ts';
import type { Office } from '../office.ts';
import { may, type Officer } from '../officer.ts';
import { Empty } from '../parts/empty.tsx';
import { useRead } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { hrefOf } from '../route.ts';
import { say } from '../say.ts';
import { Bars } from './bars.tsx';
import type { Dimension, Statistics } from './counts-view.ts';
import { HoursChart } from './hours-chart.tsx';

const SPANS = [1, 7, 30] as const;
type Days = (typeof SPANS)[number];

const HOUR = 3_600_000;

interface OverviewProps {
  readonly office: Office;
  readonly officer: Officer;
}

/** How much is asked, and what becomes of it. Nobody is in these counts. */
export function OverviewScreen({ office, officer }: OverviewProps) {
  const days = useSignal<Days>(1);
  const live = useSignal(true);
  const query = (group_by: string) =>
    ({ ...spanOf(days.value), group_by, livemode: live.value ? 'true' : 'false' }) as const;
  const whose = `${days.value} ${live.value}`;
  const read = (group_by: string) =>
    office.call<typeof getStatistics>('GET /v1/statistics', { query: query(group_by) });
  const hours = useRead(() => read('hour'), whose);
  return (
    <section class="sheet">
      <div class="half-head">
        <h1>{say('admin.overview.title')}</h1>
        <Choices days={days} live={live} />
      </div>
      <ReadState read={hours} />
      {hours.value !== null && <Total statistics={hours.value} />}
      {hours.value?.data.length === 0 && <FirstSteps officer={officer} />}
      {hours.value !== null && hours.value.data.length > 0 && (
        <>
          <HoursChart statistics={hours.value} />
          <div class="charts">
            {DIMENSIONS.map((by) => (
              <Dimensioned key={`${by} ${whose}`} by={by} read={() => read(by)} />
            ))}
          </div>
        </>
      )}
      {hours.value !== null && (
        <p class="quiet small">{say('admin.overview.nobody', { count: hours.value.minimum })}</p>
      )}
    </section>
  );
}

const DIMENSIONS = ['outcome', 'reason', 'policy'] as const satisfies readonly Dimension[];

function Choices({ days, live }: { readonly days: Signal<Days>; readonly live: Signal<boolean> }) {
  return (
    <fieldset class="actions bare">
      <legend class="for-readers">{say('admin.overview.span')}</legend>
      {SPANS.map((span) => (
        <button
          key={span}
          type="button"
          class="button button-plain toggle"
          aria-pressed={span === days.value}
          onClick={() => {
            days.value = span;
          }}
        >
          {say('admin.overview.days', { count: span })}
        </button>
      ))}
      <label class="choice">
        <input
          type="checkbox"
          checked={!live.value}
          onChange={({ currentTarget }) => {
            live.value = !currentTarget.checked;
          }}
        />
        <span>{say('admin.overview.test')}</span>
      </label>
    </fieldset>
  );
}

/** Whole hours, to the end of the present one. */
function spanOf(days: Days): { readonly from: string; readonly to: string } {
  const end = (Math.floor(Date.now() / HOUR) + 1) * HOUR;
  return { from: new Date(end - days * 24 * HOUR).toISOString(), to: new Date(end).toISOString() };
}

function Total({ statistics }: { readonly statistics: Statistics }) {
  const { count } = statistics.total;
  return (
    <p class="total">
      <span class="quiet">{say('admin.overview.checks')}</span>{' '}
      <span class="total-figure figures">
        {count === null ? say('admin.overview.hidden') : new Intl.NumberFormat(locale()).format(count)}
      </span>
    </p>
  );
}

interface DimensionedProps {
  readonly by: Dimension;
  readonly read: () => Promise<Outcome<typeof getStatistics>>;
}

function Dimensioned({ by, read }: DimensionedProps) {
  const counts = useRead<typeof getStatistics>(read);
  return counts.value === null ? <ReadState read={counts} /> : <Bars by={by} statistics={counts.value} />;
}

function FirstSteps({ officer }: { readonly officer: Officer }) {
  return (
    <Empty title={say('admin.overview.none')}>
      <p>{say('admin.overview.none_what')}</p>
      <ul class="steps">
        {may(officer, 'people:write') && (
          <li>
            <a href={hrefOf({ at: 'people', panel: 'new' })}>{say('admin.overview.step_person')}</a>
          </li>
        )}
        {may(officer, 'retailers:write') && (
          <li>
            <a href={hrefOf({ at: 'tills', retailer: 'new' })}>{say('admin.overview.step_shop')}</a>
          </li>
        )}
        {may(officer, 'staff:write') && (
          <li>
            <a href={hrefOf({ at: 'settings', tab: 'staff' })}>{say('admin.overview.step_staff')}</a>
          </li>
        )}
      </ul>
    </Empty>
  );
}
