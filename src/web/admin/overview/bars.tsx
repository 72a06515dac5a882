import { locale, say as sayOfAll } from '../../language/language.ts';
import { say } from '../say.ts';
import { type Bar, barsOf, type Dimension, type Statistics } from './counts-view.ts';

/** The counts of one dimension: a table whose figures are drawn as bars, each with its label. */
export function Bars({ by, statistics }: { readonly by: Dimension; readonly statistics: Statistics }) {
  const bars = barsOf(statistics, by);
  return (
    <table class="bars">
      <caption>{say(`admin.overview.by_${by}`)}</caption>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name}>
            <th scope="row">{nameOf(bar, by)}</th>
            <td>
              <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={Math.max(bar.share * 100, 0.5)} height="8" />
              </svg>
            </td>
            <td class="figures">
              {bar.count === null
                ? say('admin.overview.hidden')
                : new Intl.NumberFormat(locale()).format(bar.count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameOf({ name }: Bar, by: Dimension): string {
  if (by === 'outcome')
    return say(name === 'approved' ? 'admin.overview.approved' : 'admin.overview.refused');
  if (by === 'reason')
    return name === null ? say('admin.overview.approved') : say(`admin.reason.${name as Reason}`);
  return name === null ? say('admin.overview.claims_asked') : sayOfAll('claim.other', { name });
}

type Reason = NonNullable<Statistics['data'][number]['reason']>;
