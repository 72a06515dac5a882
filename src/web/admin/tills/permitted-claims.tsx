import { useSignal } from '@preact/signals';
import type { changeRetailer, getRetailer } from '../../../retailers/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { listed, sayAll } from '../../language/language.ts';
import { askedName } from '../names.ts';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { ActForm } from '../parts/act-form.tsx';
import { ClaimChoice } from '../parts/claim-choice.tsx';
import { Note } from '../parts/note.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';

export type Retailer = Answered<typeof getRetailer>['body'];

interface PermittedProps {
  readonly office: Office;
  readonly retailer: Retailer;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

/** What a shop may ask for, and a change of it. */
export function PermittedClaims({ office, retailer, mayChange, onChanged }: PermittedProps) {
  const changing = useSignal(false);
  const done = useSignal(false);
  const claims = listed(retailer.permitted_claims.map((claim) => sayAll(askedName(claim))));
  const leave = (saved: boolean): void => {
    changing.value = false;
    done.value = saved;
    if (saved) onChanged();
  };
  return (
    <section class="part">
      <h3>{say('admin.shop.claims')}</h3>
      <Note kind="done" text={done.value ? say('admin.shop.changed') : null} />
      {changing.value ? (
        <Change office={office} retailer={retailer} onLeave={leave} />
      ) : (
        <>
          <p>{claims === '' ? say('admin.shop.nothing') : claims}</p>
          {mayChange && (
            <div class="actions">
              <Button
                onClick={() => {
                  changing.value = true;
                }}
              >
                {say('admin.shop.change')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

interface ChangeProps {
  readonly office: Office;
  readonly retailer: Retailer;
  readonly onLeave: (saved: boolean) => void;
}

function Change({ office, retailer, onLeave }: ChangeProps) {
  const claims = useSignal<readonly string[]>(retailer.permitted_claims);
  const save = useAct(async () => {
    const sent = { params: { id: retailer.id }, body: { permitted_claims: [...claims.value] } };
    const changed = await office.call<typeof changeRetailer>('PATCH /v1/retailers/{id}', sent);
    if (changed.kind !== 'answered') return troubleOf(changed);
    onLeave(true);
    return null;
  });
  return (
    <ActForm
      act={save}
      action={say('admin.shop.save')}
      beside={
        <Button kind="quiet" onClick={() => onLeave(false)}>
          {say('admin.mend.leave')}
        </Button>
      }
    >
      <ClaimChoice
        office={office}
        legend={say('admin.shop.change_what')}
        chosen={claims.value}
        onChoose={(chosen) => {
          claims.value = chosen;
        }}
      />
    </ActForm>
  );
}
