import type { listOfficerPasskeys } from '../../../passkeys/officers/endpoints.ts';
import type { Office } from '../office.ts';
import type { Officer } from '../officer.ts';
import { useRead } from '../parts/read.ts';
import { say } from '../say.ts';
import { OwnCodes } from './own-codes.tsx';
import { OwnPasskeys } from './own-passkeys.tsx';
import { OwnSessions } from './own-sessions.tsx';

interface YouProps {
  readonly office: Office;
  readonly officer: Officer;
}

/** What is the officer's own: passkeys, sessions, and recovery codes. */
export function YouSheet({ office, officer }: YouProps) {
  const passkeys = useRead(() => office.call<typeof listOfficerPasskeys>('GET /v1/officer-passkeys', {}));
  return (
    <div class="part">
      <p>
        {say('admin.you.who', { name: officer.name, role: say(`admin.role.${officer.role}`) })}
        <span class="known-line quiet">{say(`admin.staff.role.${officer.role}`)}</span>
      </p>
      <OwnPasskeys office={office} read={passkeys} />
      <OwnSessions office={office} passkeys={passkeys.value?.data ?? []} />
      <OwnCodes office={office} />
    </div>
  );
}
