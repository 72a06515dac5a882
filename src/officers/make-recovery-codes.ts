import type { AuditStore } from '../audit/store.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { newRecoveryCodes } from './recovery-code.ts';
import type { RecoveryCodeStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ recoveryCodes: Pick<RecoveryCodeStore, 'replace'>; audit: AuditStore }>;
  readonly world: World;
  readonly vault: Vault;
}

/** Makes an officer ten recovery codes and answers them, this once. Those that there were stop working. */
export async function makeRecoveryCodes(
  { transact, world, vault }: Needs,
  officer: Id<'officer'>,
): Promise<readonly string[]> {
  const made = newRecoveryCodes(world.random, vault);

  await transact(async ({ recoveryCodes, audit }) => {
    await recoveryCodes.replace(
      officer,
      made.map(({ mac }) => mac),
    );
    await audit.record({ action: 'officer.codes_made', actor: officer, subject: officer });
  });
  return made.map(({ text }) => text);
}
