import { useSignal } from '@preact/signals';
import type { listPolicies } from '../../../retailers/policies/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { listed, sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { askedName } from '../names.ts';
import type { Office } from '../office.ts';
import { may, type Officer } from '../officer.ts';
import { Empty } from '../parts/empty.tsx';
import { Note } from '../parts/note.tsx';
import { useRead } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { hrefOf } from '../route.ts';
import { say } from '../say.ts';
import { PackDialog } from './pack-dialog.tsx';
import type { Policy } from './policy.ts';
import { PolicyPanel } from './policy-panel.tsx';

interface PoliciesProps {
  readonly office: Office;
  readonly officer: Officer;
  readonly policy: string | null;
}

/** The rules at the till on one side, and one of them on the other. */
export function PoliciesScreen({ office, officer, policy }: PoliciesProps) {
  const read = useRead(() => office.call<typeof listPolicies>('GET /v1/policies', {}));
  const loading = useSignal(false);
  const done = useSignal<Said | null>(null);
  const writes = may(officer, 'policies:write');
  const rows = read.value?.data ?? [];
  const chosen = rows.find(({ id }) => id === policy) ?? null;
  const finish = (words: Said): void => {
    loading.value = false;
    done.value = words;
    void read.again();
  };
  return (
    <div class={`halves ${policy === null ? '' : 'halves-open'}`}>
      <section class="half-list">
        <div class="half-head">
          <h1>{say('admin.part.policies')}</h1>
          {writes && (
            <Button
              icon="rules"
              onClick={() => {
                loading.value = true;
              }}
            >
              {say('admin.packs.load')}
            </Button>
          )}
        </div>
        <Note kind="done" text={done.value && sayAll(done.value)} />
        <ReadState read={read} />
        {read.value !== null && rows.length === 0 && <p class="quiet">{say('admin.policies.none')}</p>}
        <Rows rows={rows} chosen={policy} />
        {loading.value && (
          <PackDialog
            office={office}
            onLoaded={finish}
            onClose={() => {
              loading.value = false;
            }}
          />
        )}
      </section>
      <section class="half-one">
        {chosen === null ? (
          <Empty title={say('admin.policies.start')}>
            <p>{say('admin.policies.start_what')}</p>
          </Empty>
        ) : (
          <PolicyPanel
            key={chosen.id}
            office={office}
            policy={chosen}
            mayWrite={writes}
            onWritten={() => void read.again()}
          />
        )}
      </section>
    </div>
  );
}

function Rows({ rows, chosen }: { readonly rows: readonly Policy[]; readonly chosen: string | null }) {
  return (
    <ul class="rows">
      {rows.map(({ id, title, claims, presenter }) => (
        <li key={id}>
          <a
            class="row"
            href={hrefOf({ at: 'policies', policy: id })}
            aria-current={id === chosen ? 'true' : undefined}
          >
            <span class="row-words">
              <bdi class="row-name">{title}</bdi>
              <span class="quiet small">
                {listed(claims.map((claim) => sayAll(askedName(claim))))}
                {presenter === 'portrait' && ` · ${say('admin.person.portrait')}`}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
