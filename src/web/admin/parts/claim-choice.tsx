import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { sayAll } from '../../language/language.ts';
import { askedName } from '../names.ts';
import type { Office } from '../office.ts';
import { say } from '../say.ts';

interface ClaimProps {
  readonly office: Office;
  readonly legend: string;
  readonly chosen: readonly string[];
  readonly onChoose: (claims: readonly string[]) => void;
  /** Left out of the choice. */
  readonly without?: readonly string[];
}

/** Any of the claims that this service attests. */
export function ClaimChoice({ office, legend, chosen, onChoose, without = [] }: ClaimProps) {
  const known = useSignal<readonly string[] | null>(null);
  useEffect(() => {
    void office.vocabulary().then((read) => {
      known.value = read?.claims ?? [];
    });
  }, []);
  const all = [...new Set([...(known.value ?? []), ...chosen])].filter((claim) => !without.includes(claim));
  return (
    <fieldset class="form-part">
      <legend>{legend}</legend>
      {known.value === null && <p class="quiet">{say('admin.loading')}</p>}
      <div class="claims">
        {all.map((claim) => (
          <label class="choice" key={claim}>
            <input
              type="checkbox"
              checked={chosen.includes(claim)}
              onChange={({ currentTarget }) =>
                onChoose(
                  currentTarget.checked
                    ? all.filter((one) => one === claim || chosen.includes(one))
                    : chosen.filter((one) => one !== claim),
                )
              }
            />
            <span>{sayAll(askedName(claim))}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
