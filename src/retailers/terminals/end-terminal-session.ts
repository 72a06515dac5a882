import type { AuditStore } from '../../audit/store.ts';
import type { Callers } from '../../http/caller.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { TerminalStore } from './store.ts';

/** Ends the session of a paired browser. `conflict` for a key: only officers take those away. */
export async function endTerminalSession(
  transact: Transact<{ terminals: Pick<TerminalStore, 'endSession'>; audit: AuditStore }>,
  { terminal, key }: Callers['terminal'],
): Promise<void> {
  await transact(async ({ terminals, audit }) => {
    if (!(await terminals.endSession(key))) {
      throw new Fault('conflict', 'This is a key and no session of a paired browser.');
    }
    await audit.record({ action: 'terminal.unpaired', actor: terminal, subject: terminal });
  });
}
