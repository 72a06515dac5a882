import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Transact } from '../kernel/transact.ts';
import { CERTIFIED, type IssuerKey, isOver, type Purpose, ROTATING } from './issuer-key.ts';
import { type KeyMaking, makeRoot, makeSigningKey } from './make-key.ts';
import { afterItsRotation, afterRotation, isDue } from './rotation-schedule.ts';
import type { IssuerKeyStore, RotationStore } from './store.ts';

interface Stores {
  readonly keys: IssuerKeyStore;
  readonly audit: AuditStore;
}

interface Needs extends KeyMaking {
  readonly transact: Transact<Stores>;
  /** Days for which a credential is valid. */
  readonly lifetimeDays: number;
}

/**
 * Sees to it that there is a root, and for each purpose an active key and a next one that speak for `PUBLIC_URL`.
 * Keys that speak for another address, or lack their certificate, are retired. Does nothing where all is well.
 */
export async function ensureKeys(needs: Needs): Promise<void> {
  await needs.transact(async ({ keys, audit }) => {
    const before = await keys.hold();
    const write = writer(needs, keys, audit, 'system');
    const root = before.find((key) => key.purpose === 'root') ?? (await write.added(await makeRoot(needs)));
    for (const purpose of ROTATING) {
      const { mine, strangers } = standing(before, purpose, needs.issuerUrl);
      for (const key of strangers) await write.retired(key);
      if (!mine.some((key) => key.state === 'active')) {
        await write.added(await makeSigningKey(needs, purpose, 'active', root));
      }
      if (!mine.some((key) => key.state === 'next')) {
        await write.added(await makeSigningKey(needs, purpose, 'next', root));
      }
    }
  });
}

interface RotationNeeds extends KeyMaking {
  readonly transact: Transact<Stores & { readonly rotation: RotationStore }>;
}

/**
 * Lets the next key of each purpose sign from now on, retires the active one and makes a new next one. A retired key
 * stays published and goes on signing its status lists until its last credential has expired. Where a schedule is set,
 * its next rotation comes a whole time from now.
 */
export async function rotateKeys(needs: RotationNeeds, actor: Actor): Promise<void> {
  await needs.transact(async ({ keys, audit, rotation }) => {
    const before = await keys.hold();
    const schedule = await rotation.schedule();

    await rotate(needs, { keys, audit }, { before, actor });
    await audit.record({ action: 'key_rotation.done', actor, subject: 'key_rotation', code: 'by_hand' });
    if (schedule !== null) await rotation.put(afterRotation(schedule, needs.world.now()));
  });
}

/**
 * Rotates the keys if the schedule says so, and answers whether it did: of several callers at once exactly one does.
 * Rotations that were missed are made good by one.
 */
export async function rotateKeysWhenDue(
  needs: RotationNeeds & { readonly stores: { readonly rotation: Pick<RotationStore, 'schedule'> } },
): Promise<boolean> {
  const now = needs.world.now();
  const seen = await needs.stores.rotation.schedule();
  // Nearly always: so that nobody waits for the keys' table.
  if (seen === null || seen.nextAt > now) return false;
  return needs.transact(async ({ keys, audit, rotation }) => {
    const before = await keys.hold();
    const schedule = await rotation.schedule();

    if (schedule === null || !isDue(schedule, before, now)) return false;

    await rotate(needs, { keys, audit }, { before, actor: 'system' });
    const done = { action: 'key_rotation.done', actor: 'system', subject: 'key_rotation' } as const;
    await audit.record({ ...done, code: 'by_schedule' });
    await rotation.put(afterItsRotation(schedule, now));
    return true;
  });
}

async function rotate(
  needs: KeyMaking,
  { keys, audit }: Stores,
  { before, actor }: { readonly before: readonly IssuerKey[]; readonly actor: Actor },
): Promise<void> {
  const root = before.find((key) => key.purpose === 'root');
  if (root === undefined) throw new Error('there are no keys to rotate');
  const write = writer(needs, keys, audit, actor);
  for (const purpose of ROTATING) {
    const { mine } = standing(before, purpose, needs.issuerUrl);
    for (const key of mine) {
      if (key.state === 'active') await write.retired(key);
      if (key.state === 'next') await write.activated(key);
    }
    await write.added(await makeSigningKey(needs, purpose, 'next', root));
  }
}

/** Destroys the private part of retired keys whose last credential has expired. Answers how many. */
export async function destroyOverKeys(needs: Needs): Promise<number> {
  return needs.transact(async ({ keys, audit }) => {
    const all = await keys.hold();

    const over = all.filter((key) => isOver(key, needs.world.now(), needs.lifetimeDays));

    for (const key of over) {
      await keys.destroy(key.id);
      await audit.record({ action: 'issuer_key.destroyed', actor: 'system', subject: key.id });
    }
    return over.length;
  });
}

function standing(all: readonly IssuerKey[], purpose: Purpose, issuerUrl: string) {
  const here = all.filter(
    (key) => key.purpose === purpose && (key.state === 'active' || key.state === 'next'),
  );
  const certified = (key: IssuerKey) => key.certificate !== null || !CERTIFIED.includes(purpose);
  const isMine = (key: IssuerKey) => key.issuerUrl === issuerUrl && certified(key);
  return { mine: here.filter(isMine), strangers: here.filter((key) => !isMine(key)) };
}

function writer(needs: KeyMaking, keys: IssuerKeyStore, audit: AuditStore, actor: Actor) {
  return {
    async added(key: IssuerKey): Promise<IssuerKey> {
      await keys.add(key);
      await audit.record({ action: 'issuer_key.made', actor, subject: key.id, code: key.purpose });
      return key;
    },
    async activated(key: IssuerKey): Promise<void> {
      await keys.activate(key.id);
      await audit.record({ action: 'issuer_key.activated', actor, subject: key.id });
    },
    async retired(key: IssuerKey): Promise<void> {
      await keys.retire(key.id, needs.world.now());
      await audit.record({ action: 'issuer_key.retired', actor, subject: key.id });
    },
  };
}
