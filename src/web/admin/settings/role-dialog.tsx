import { useSignal } from '@preact/signals';
import type { changeOfficer } from '../../../officers/endpoints.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import { RoleChoice } from './role-choice.tsx';
import type { StaffMember } from './staff-member.ts';
import { whyNot } from './why-not.ts';

interface RoleDialogProps {
  readonly office: Office;
  readonly member: StaffMember;
  readonly onDone: (words: Said) => void;
  readonly onClose: () => void;
}

/** Gives somebody on the staff another role. */
export function RoleDialog({ office, member, onDone, onClose }: RoleDialogProps) {
  const role = useSignal(member.role);
  const { id, name } = member;
  const change = async (): Promise<Said | null> => {
    const path = 'PATCH /v1/officers/{id}';
    const changed = await office.call<typeof changeOfficer>(path, {
      params: { id },
      body: { role: role.value },
    });
    if (changed.kind !== 'answered') return whyNot(changed) ?? troubleOf(changed);
    onDone(said('admin.staff.changed', { name, role: say(`admin.role.${role.value}`) }));
    return null;
  };
  return (
    <SureDialog
      title={say('admin.staff.change_of', { name })}
      action={say('admin.staff.change_do')}
      danger={false}
      onDo={change}
      onClose={onClose}
    >
      <p class="quiet">{say('admin.staff.change_what')}</p>
      <RoleChoice
        name="new-role"
        role={role.value}
        onChoose={(chosen) => {
          role.value = chosen;
        }}
      />
    </SureDialog>
  );
}
