import { Fault } from '../kernel/fault.ts';
import { Complaint, type Door } from './door.ts';
import { openService } from './open.ts';
import { settings } from './settings.ts';

interface Asked {
  readonly sandbox: boolean;
}

/** Prints the keys that passes are signed with: id, claim, first date of the window, and whether it was withdrawn. */
export async function listPassKeys(door: Door, { sandbox }: Asked): Promise<void> {
  const service = await openService(door, settings(door, sandbox));
  try {
    for (const { keyId, claim, window, withdrawnAt } of service.passKeys.all())
      door.print(`${keyId}  ${window.date}  ${claim}${withdrawnAt === null ? '' : '  withdrawn'}`);
  } finally {
    await service.close();
  }
}

/** Withdraws a key: passes that it signed are refused from now on, and the claim has none in that window. */
export async function withdrawPassKeyNow(door: Door, keyId: string, { sandbox }: Asked): Promise<void> {
  const service = await openService(door, settings(door, sandbox));
  try {
    await service.passes.withdraw(keyId, 'system');
    door.print(
      `${keyId} is withdrawn. A service that is running notices within a minute, tills with their next bundle.`,
    );
  } catch (thrown) {
    throw thrown instanceof Fault ? new Complaint(thrown.message) : thrown;
  } finally {
    await service.close();
  }
}
