import { useSignal } from '@preact/signals';
import type {
  listInvitations,
  listOfficers,
  removeOfficer,
  withdrawInvitation,
} from '../../../officers/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { may, type Officer } from '../officer.ts';
import { useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { Note } from '../parts/note.tsx';
import { useRead } from '../parts/read.ts';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { momentText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { InviteForm } from './invite-form.tsx';
import { RoleDialog } from './role-dialog.tsx';
import type { StaffMember } from './staff-member.ts';
import { whyNot } from './why-not.ts';

const PART = 50;

interface StaffProps {
  readonly office: Office;
  readonly officer: Officer;
}

/** Who is on the staff, who is invited, and what each may do. */
export function StaffSheet({ office, officer }: StaffProps) {
  const list = useList<StaffMember>(async (starting_after) => {
    const query = { limit: PART, starting_after };
    const read = await office.call<typeof listOfficers>('GET /v1/officers', { query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  });
  const invited = useRead(() => office.call<typeof listInvitations>('GET /v1/officers/invitations', {}));
  const open = useSignal<{ readonly to: 'role' | 'remove'; readonly member: StaffMember } | null>(null);
  const done = useSignal<Said | null>(null);
  const writes = may(officer, 'staff:write');
  const close = (words: Said | null = null): void => {
    open.value = null;
    done.value = words;
    if (words !== null) void list.again();
  };
  const remove = async (member: StaffMember): Promise<Said | null> => {
    const path = 'DELETE /v1/officers/{id}';
    const removed = await office.call<typeof removeOfficer>(path, { params: { id: member.id } });
    if (removed.kind !== 'answered') return whyNot(removed) ?? troubleOf(removed);
    close(said('admin.staff.removed', { name: member.name }));
    return null;
  };
  return (
    <div class="part">
      <p class="quiet">{say('admin.staff.what')}</p>
      <Note kind="done" text={done.value && sayAll(done.value)} />
      <ul class="rows rows-wide">
        {list.rows?.map((member) => (
          <Member
            key={member.id}
            member={member}
            isSelf={member.id === officer.id}
            {...(writes && { onOpen: (to: 'role' | 'remove') => (open.value = { to, member }) })}
          />
        ))}
      </ul>
      <ListState list={list} />
      {invited.value !== null && invited.value.data.length > 0 && (
        <Invited
          office={office}
          rows={invited.value.data}
          mayWithdraw={writes}
          onChange={() => void invited.again()}
        />
      )}
      {writes && <InviteForm office={office} onInvited={() => void invited.again()} />}
      {open.value?.to === 'role' && (
        <RoleDialog office={office} member={open.value.member} onDone={close} onClose={() => close()} />
      )}
      {open.value?.to === 'remove' && (
        <RemoveDialog member={open.value.member} onDo={remove} onClose={() => close()} />
      )}
    </div>
  );
}

interface MemberProps {
  readonly member: StaffMember;
  readonly isSelf: boolean;
  readonly onOpen?: (to: 'role' | 'remove') => void;
}

function Member({ member, isSelf, onOpen }: MemberProps) {
  const { name, role, last_signed_in_at } = member;
  return (
    <li class="row row-still">
      <span class="row-words">
        <span class="row-name">
          <bdi>{name}</bdi>
          {isSelf && <span class="quiet">{say('admin.staff.self')}</span>}
        </span>
        <span class="quiet small">
          {say(`admin.role.${role}`)} ·{' '}
          {last_signed_in_at === null
            ? say('admin.staff.never')
            : say('admin.staff.last', { date: momentText(last_signed_in_at) })}
        </span>
      </span>
      {onOpen && (
        <span class="actions">
          <Button aria-label={say('admin.staff.change_of', { name })} onClick={() => onOpen('role')}>
            {say('admin.staff.change')}
          </Button>
          <Button
            kind="danger"
            icon="cross"
            aria-label={say('admin.staff.remove_of', { name })}
            onClick={() => onOpen('remove')}
          >
            {say('admin.staff.remove')}
          </Button>
        </span>
      )}
    </li>
  );
}

interface RemoveProps {
  readonly member: StaffMember;
  readonly onDo: (member: StaffMember) => Promise<Said | null>;
  readonly onClose: () => void;
}

function RemoveDialog({ member, onDo, onClose }: RemoveProps) {
  const { name } = member;
  return (
    <SureDialog
      title={say('admin.staff.sure', { name })}
      typed={name}
      action={say('admin.staff.remove_of', { name })}
      icon="cross"
      onDo={() => onDo(member)}
      onClose={onClose}
    >
      <p>{say('admin.staff.does')}</p>
      <p>{say('admin.staff.does_not')}</p>
    </SureDialog>
  );
}

type Invitation = {
  readonly id: StaffMember['id'];
  readonly name: string;
  readonly role: StaffMember['role'];
  readonly expires_at: string;
};

interface InvitedProps {
  readonly office: Office;
  readonly rows: readonly Invitation[];
  readonly mayWithdraw: boolean;
  readonly onChange: () => void;
}

function Invited({ office, rows, mayWithdraw, onChange }: InvitedProps) {
  const wrong = useSignal<Said | null>(null);
  const withdraw = async (id: Invitation['id']): Promise<void> => {
    const path = 'DELETE /v1/officers/invitations/{id}';
    const ended = await office.call<typeof withdrawInvitation>(path, { params: { id } });
    wrong.value = ended.kind === 'answered' ? null : troubleOf(ended);
    onChange();
  };
  return (
    <>
      <h2>{say('admin.staff.invited')}</h2>
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      <ul class="rows rows-wide">
        {rows.map(({ id, name, role, expires_at }) => (
          <li class="row row-still" key={id}>
            <span class="row-words">
              <bdi class="row-name">{name}</bdi>
              <span class="quiet small">
                {say(`admin.role.${role}`)} ·{' '}
                {say('admin.staff.link_until', { date: momentText(expires_at) })}
              </span>
            </span>
            {mayWithdraw && (
              <Button
                icon="cross"
                aria-label={say('admin.staff.withdraw_of', { name })}
                onClick={() => void withdraw(id)}
              >
                {say('admin.staff.withdraw')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
