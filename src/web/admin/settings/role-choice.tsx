import { say } from '../say.ts';
import { ROLES, type StaffMember } from './staff-member.ts';

interface RoleProps {
  readonly name: string;
  readonly role: StaffMember['role'];
  readonly onChoose: (role: StaffMember['role']) => void;
}

/** One of the roles, each with what it may do. */
export function RoleChoice({ name, role, onChoose }: RoleProps) {
  return (
    <fieldset class="form-part">
      <legend>{say('admin.staff.role')}</legend>
      {ROLES.map((one) => (
        <label class="choice" key={one}>
          <input type="radio" name={name} checked={one === role} onChange={() => onChoose(one)} />
          <span>
            {say(`admin.role.${one}`)}
            <span class="known-line quiet small">{say(`admin.staff.role.${one}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
