/** A PostgreSQL server of a test's own, which can be stopped and started. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { root } from './checkout.ts';

export interface OwnServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Starts a server, or answers why there can be none. It is gone when the test has ended. */
export async function ownServer(t: TestContext): Promise<OwnServer | { readonly missing: string }> {
  const script = join(root, 'scripts/postgres.mjs');
  const server = fork(script, { detached: true, execArgv: [] });
  t.after(async () => {
    server.disconnect();
    await once(server, 'exit');
  });
  const [said] = await once(server, 'message');
  const tell = async (wish: object): Promise<void> => {
    const done = once(server, 'message');
    server.send(wish);
    await done;
  };
  if ('missing' in said) return said;
  return { url: said.url, stop: () => tell({ stop: true }), start: () => tell({ start: true }) };
}
