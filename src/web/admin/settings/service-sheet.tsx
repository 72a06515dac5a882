import { Fragment } from 'preact';
import type { getSettings } from '../../../settings/endpoints.ts';
import type { Office } from '../office.ts';
import { useRead } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { say } from '../say.ts';

/** What the service was started with. It is changed where it is started, not here. */
export function ServiceSheet({ office }: { readonly office: Office }) {
  const read = useRead(() => office.call<typeof getSettings>('GET /v1/settings', {}));
  return (
    <div class="part">
      <p class="quiet">{say('admin.service.what')}</p>
      {read.value?.sandbox && <p class="note">{say('admin.service.sandbox')}</p>}
      <ReadState read={read} />
      {read.value !== null && (
        <table class="ledger ledger-narrow">
          <thead>
            <tr>
              <th scope="col">{say('admin.service.name')}</th>
              <th scope="col">{say('admin.service.value')}</th>
            </tr>
          </thead>
          <tbody>
            {read.value.settings.map(({ name, value }) => (
              <tr key={name}>
                <th scope="row" dir="ltr">
                  <code>
                    {name.split('_').map((word, place) => (
                      <Fragment key={word}>
                        {place > 0 && '_'}
                        <wbr />
                        {word}
                      </Fragment>
                    ))}
                  </code>
                </th>
                <td class="figures" dir="ltr">
                  {value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
