import { say } from '../say.ts';
import type { PolicyBody } from './policy.ts';

interface SwitchesProps {
  readonly draft: PolicyBody;
  readonly onChange: (changed: Partial<PolicyBody>) => void;
}

/** The three choices of a rule, each with what it means at the till. */
export function PolicySwitches({ draft, onChange }: SwitchesProps) {
  return (
    <fieldset class="form-part">
      <legend>{say('admin.policies.rules')}</legend>
      <Switch
        name={say('admin.policies.portrait')}
        what={say('admin.policies.portrait_what')}
        on={draft.presenter === 'portrait'}
        onSwitch={(on) => onChange({ presenter: on ? 'portrait' : 'none' })}
      />
      <Switch
        name={say('admin.policies.offline')}
        what={say('admin.policies.offline_what')}
        on={draft.offline === 'allow'}
        onSwitch={(on) => onChange({ offline: on ? 'allow' : 'refuse' })}
      />
      <Switch
        name={say('admin.policies.other_proof')}
        what={say('admin.policies.other_proof_what')}
        on={draft.other_proof !== 'refuse'}
        onSwitch={(on) => onChange({ other_proof: on ? 'allow' : 'refuse' })}
      />
    </fieldset>
  );
}

interface SwitchProps {
  readonly name: string;
  readonly what: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
}

function Switch({ name, what, on, onSwitch }: SwitchProps) {
  return (
    <label class="choice">
      <input type="checkbox" checked={on} onChange={({ currentTarget }) => onSwitch(currentTarget.checked)} />
      <span>
        {name}
        <span class="known-line quiet small">{what}</span>
      </span>
    </label>
  );
}
