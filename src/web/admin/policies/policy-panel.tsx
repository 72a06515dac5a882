import { useSignal } from '@preact/signals';
import type { setPolicy } from '../../../retailers/policies/endpoints.ts';
import { sayAll } from '../../language/language.ts';
import { askedName } from '../names.ts';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { ActForm } from '../parts/act-form.tsx';
import { ClaimChoice } from '../parts/claim-choice.tsx';
import { Panel } from '../parts/panel.tsx';
import { TextField } from '../parts/text-field.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import { bodyOf, type Policy, type PolicyBody } from './policy.ts';
import { PolicySwitches } from './policy-switches.tsx';

interface PolicyProps {
  readonly office: Office;
  readonly policy: Policy;
  readonly mayWrite: boolean;
  readonly onWritten: () => void;
}

/** One rule: what it asks, on what basis, and for whoever may, a change of it. */
export function PolicyPanel({ office, policy, mayWrite, onWritten }: PolicyProps) {
  return (
    <Panel
      title={<bdi>{policy.title}</bdi>}
      back={{ to: { at: 'policies', policy: null }, words: say('admin.policies.back') }}
    >
      <p class="quiet">
        <code>{policy.id}</code>
      </p>
      {mayWrite ? (
        <PolicyForm office={office} policy={policy} onWritten={onWritten} />
      ) : (
        <PolicyFacts policy={policy} />
      )}
      <p class="quiet small">{say('admin.policies.no_advice')}</p>
    </Panel>
  );
}

function PolicyFacts({ policy }: { readonly policy: Policy }) {
  const facts = [
    [say('admin.policies.claims'), policy.claims.map((claim) => sayAll(askedName(claim))).join(', ')],
    [say('admin.policies.portrait'), yesNo(policy.presenter === 'portrait')],
    [say('admin.policies.offline'), yesNo(policy.offline === 'allow')],
    [say('admin.policies.other_proof'), yesNo(policy.other_proof === 'allow')],
    [say('admin.policies.basis'), policy.legal_basis],
  ] as const;
  return (
    <dl class="known">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function yesNo(is: boolean): string {
  return say(is ? 'admin.yes' : 'admin.no');
}

function PolicyForm({ office, policy, onWritten }: Omit<PolicyProps, 'mayWrite'>) {
  const title = useSignal(policy.title);
  const basis = useSignal(policy.legal_basis);
  const draft = useSignal<PolicyBody>(bodyOf(policy));
  const done = useSignal(false);
  const change = (changed: Partial<PolicyBody>): void => {
    draft.value = { ...draft.value, ...changed };
    done.value = false;
  };
  const save = useAct(async () => {
    const body = { ...draft.value, title: title.value.trim(), legal_basis: basis.value.trim() };
    if (body.title === '' || body.claims.length === 0 || body.legal_basis === '') {
      return said('admin.policies.missing');
    }
    const sent = { params: { id: policy.id }, body };
    const written = await office.call<typeof setPolicy>('PUT /v1/policies/{id}', sent);
    done.value = written.kind === 'answered';
    if (written.kind !== 'answered') return troubleOf(written);
    onWritten();
    return null;
  });
  return (
    <ActForm
      act={save}
      action={say('admin.policies.write')}
      done={done.value ? say('admin.policies.written') : null}
    >
      <TextField label={say('admin.policies.title')} text={title} />
      <ClaimChoice
        office={office}
        legend={say('admin.policies.claims')}
        chosen={draft.value.claims}
        without={['portrait']}
        onChoose={(claims) => change({ claims: [...claims] })}
      />
      <PolicySwitches draft={draft.value} onChange={change} />
      <TextField label={say('admin.policies.basis')} text={basis} longest={300} />
    </ActForm>
  );
}
