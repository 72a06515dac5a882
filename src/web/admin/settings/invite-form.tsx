import { useSignal } from '@preact/signals';
import type { inviteOfficer } from '../../../officers/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { ActForm } from '../parts/act-form.tsx';
import { OnceShown } from '../parts/once-shown.tsx';
import { TextField } from '../parts/text-field.tsx';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { RoleChoice } from './role-choice.tsx';
import type { StaffMember } from './staff-member.ts';

type Invitation = Answered<typeof inviteOfficer>['body'];

interface InviteProps {
  readonly office: Office;
  readonly onInvited: () => void;
}

/** Invites somebody: a name, a role, and a link that is shown this once. */
export function InviteForm({ office, onInvited }: InviteProps) {
  const name = useSignal('');
  const role = useSignal<StaffMember['role']>('issuer');
  const made = useSignal<Invitation | null>(null);
  const missing = useSignal(false);
  const invite = useAct(async () => {
    missing.value = name.value.trim() === '';
    if (missing.value) return null;
    const body = { name: name.value.trim(), role: role.value };
    const invited = await office.call<typeof inviteOfficer>('POST /v1/officers/invitations', { body });
    if (invited.kind !== 'answered') return troubleOf(invited);
    made.value = invited.body;
    name.value = '';
    onInvited();
    return null;
  });
  return (
    <details class="form-box">
      <summary>{say('admin.invite.title')}</summary>
      <ActForm act={invite} action={say('admin.invite.do')} icon="plus">
        <TextField
          label={say('admin.invite.name')}
          text={name}
          wrong={missing.value ? say('admin.wrong.missing') : null}
        />
        <RoleChoice
          name="role"
          role={role.value}
          onChoose={(chosen) => {
            role.value = chosen;
          }}
        />
      </ActForm>
      {made.value !== null && <SetupLink key={made.value.id} made={made.value} />}
    </details>
  );
}

function SetupLink({ made: { name, setup_url, expires_at } }: { readonly made: Invitation }) {
  return (
    <OnceShown
      title={say('admin.invite.made', { name })}
      label={say('admin.invite.link')}
      text={setup_url}
      copy={say('admin.offer.copy')}
    >
      <p class="quiet small">{say('admin.invite.until', { date: momentText(expires_at) })}</p>
    </OnceShown>
  );
}
