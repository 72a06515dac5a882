import { useSignal } from '@preact/signals';
import type { Id } from '../../../kernel/ids.ts';
import type { registerRetailer } from '../../../retailers/endpoints.ts';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { ActForm } from '../parts/act-form.tsx';
import { ClaimChoice } from '../parts/claim-choice.tsx';
import { Panel } from '../parts/panel.tsx';
import { TextField } from '../parts/text-field.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';

interface NewShopProps {
  readonly office: Office;
  readonly onRegistered: (id: Id<'retailer'>) => void;
}

/** Registers a shop: its name, and what it may ask for. */
export function NewShop({ office, onRegistered }: NewShopProps) {
  const name = useSignal('');
  const claims = useSignal<readonly string[]>(['age_over_18']);
  const missing = useSignal(false);
  const register = useAct(async () => {
    missing.value = name.value.trim() === '';
    if (missing.value) return null;
    const body = { name: name.value.trim(), permitted_claims: [...claims.value] };
    const made = await office.call<typeof registerRetailer>('POST /v1/retailers', { body });
    if (made.kind !== 'answered') return troubleOf(made);
    onRegistered(made.body.id);
    return null;
  });
  return (
    <Panel
      title={say('admin.shop.new')}
      back={{ to: { at: 'tills', retailer: null }, words: say('admin.tills.back') }}
    >
      <ActForm act={register} action={say('admin.shop.register')}>
        <TextField
          label={say('admin.shop.name')}
          hint={say('admin.shop.name_hint')}
          text={name}
          wrong={missing.value ? say('admin.wrong.missing') : null}
        />
        <p class="quiet small">{say('admin.shop.claims_what')}</p>
        <ClaimChoice
          office={office}
          legend={say('admin.shop.claims')}
          chosen={claims.value}
          onChoose={(chosen) => {
            claims.value = chosen;
          }}
        />
      </ActForm>
    </Panel>
  );
}
