import { useSignal } from '@preact/signals';
import type { listPolicyPacks, loadPolicyPack } from '../../../retailers/policies/endpoints.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { useRead } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { dayText } from '../times.ts';
import { troubleOf } from '../trouble.ts';

interface PackProps {
  readonly office: Office;
  readonly onLoaded: (words: Said) => void;
  readonly onClose: () => void;
}

/** Writes the rules of a pack that comes with the program over those of the same names. */
export function PackDialog({ office, onLoaded, onClose }: PackProps) {
  const read = useRead(() => office.call<typeof listPolicyPacks>('GET /v1/policy-packs', {}));
  const chosen = useSignal<string | null>(null);
  const load = async (): Promise<Said | null> => {
    if (chosen.value === null) return said('admin.packs.choose');
    const path = 'POST /v1/policy-packs/{id}/loads';
    const loaded = await office.call<typeof loadPolicyPack>(path, { params: { id: chosen.value } });
    if (loaded.kind !== 'answered') return troubleOf(loaded);
    onLoaded(said('admin.packs.loaded', { count: loaded.body.changed.length }));
    return null;
  };
  return (
    <SureDialog
      title={say('admin.packs.load')}
      action={say('admin.packs.do')}
      icon="rules"
      danger={false}
      onDo={load}
      onClose={onClose}
    >
      <p>{say('admin.packs.what')}</p>
      <ReadState read={read} />
      <fieldset class="form-part">
        <legend>{say('admin.packs.which')}</legend>
        {read.value?.data.map(({ id, title, version, policies }) => (
          <label class="choice" key={id}>
            <input
              type="radio"
              name="pack"
              checked={chosen.value === id}
              onChange={() => {
                chosen.value = id;
              }}
            />
            <span>
              <bdi>{title}</bdi>
              <span class="known-line quiet small">
                {say('admin.packs.of', { count: policies.length, day: dayText(version, 'medium') })}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
    </SureDialog>
  );
}
