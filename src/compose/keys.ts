import type { Actor } from '../audit/event.ts';
import { destroyOverKeys, rotateKeys, rotateKeysWhenDue } from '../keys/rotate.ts';
import type { ScheduleVerbs } from '../keys/routes.ts';
import { readSchedule, scheduleRotation } from '../keys/schedule-rotation.ts';
import type { Ground } from './ground.ts';

/** What becomes of issuer keys, at an officer's word or by themselves. */
export function bindKeys(ground: Ground) {
  const { ring, stores, transact, world } = ground;
  const keySchedule: ScheduleVerbs = {
    read: () => readSchedule(stores),
    set: (asked, actor) => scheduleRotation({ transact, now: world.now }, asked, actor),
  };
  return {
    keySchedule,
    rotateKeys: (actor: Actor) => rotateKeys(ground, actor),
    async rotateKeysWhenDue() {
      if (await rotateKeysWhenDue(ground)) await ring.refresh();
    },
    destroyOverKeys: () => destroyOverKeys(ground),
  };
}
