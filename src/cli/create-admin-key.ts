import { SCOPES, type Scope } from '../http/caller.ts';
import { makeAdminKey } from '../officers/make-admin-key.ts';
import { Complaint, type Door } from './door.ts';
import { openService } from './open.ts';
import { settings } from './settings.ts';

const DAY = 86_400_000;

/** Makes an admin key and prints it, this once, alone on its line. */
export async function createAdminKey(
  door: Door,
  { scopes, days, sandbox }: { scopes: readonly string[]; days: number | null; sandbox: boolean },
): Promise<void> {
  const unknown = scopes.filter((scope) => !SCOPES.some((known) => known === scope));
  if (unknown.length > 0) throw new Complaint(`There is no such scope. There are: ${SCOPES.join(', ')}`);
  const service = await openService(door, settings(door, sandbox));
  try {
    const expiresAt = days === null ? null : new Date(door.world.now().getTime() + days * DAY);
    const granted = scopes.length === 0 ? SCOPES : (scopes as readonly Scope[]);
    door.print(await makeAdminKey({ ...service, world: door.world }, granted, expiresAt));
  } finally {
    await service.close();
  }
}
