import type { Service } from '../compose.ts';
import { inviteOfficer } from '../officers/invite-officer.ts';
import { type Officer, ROLES } from '../officers/officer.ts';
import { Complaint, type Door } from './door.ts';
import { openService } from './open.ts';
import { settings } from './settings.ts';

const LONGEST_NAME = 100;

/** Invites somebody to the staff and prints the set-up link, this once, alone on its line. */
export async function invite(
  door: Door,
  { name, role, sandbox }: { name: string; role: string; sandbox: boolean },
): Promise<void> {
  const known = ROLES.find((one) => one === role);
  if (known === undefined) throw new Complaint(`There is no such role. There are: ${ROLES.join(', ')}`);
  const called = name.trim();
  if (called === '' || called.length > LONGEST_NAME || /\p{Cc}/u.test(called)) {
    throw new Complaint(`A name has 1 to ${LONGEST_NAME} characters, none of control.`);
  }
  const service = await openService(door, settings(door, sandbox));
  try {
    door.print(await setupLink(door, service, { name: called, role: known }));
  } finally {
    await service.close();
  }
}

/** A set-up link for somebody on the staff: it works once and for 24 hours. */
export async function setupLink(
  { world }: Door,
  service: Service,
  who: Pick<Officer, 'name' | 'role'>,
): Promise<string> {
  const needs = { ...service, world, issuerUrl: service.config.publicUrl };
  return (await inviteOfficer(needs, who, 'system')).link;
}
