import type { Door } from './door.ts';
import { openService } from './open.ts';
import { settings } from './settings.ts';

/** Rotates the signing keys and prints where each one stands. */
export async function rotateKeysNow(door: Door, { sandbox }: { sandbox: boolean }): Promise<void> {
  const service = await openService(door, settings(door, sandbox));
  try {
    await service.rotateKeys('system');
    await service.ring.refresh();
    for (const { id, purpose, state } of service.ring.all())
      door.print(`${id}  ${purpose.padEnd(8)}  ${state}`);
    door.print('A service that is running notices within a minute.');
  } finally {
    await service.close();
  }
}
