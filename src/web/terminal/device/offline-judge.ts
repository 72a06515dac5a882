import { createClient } from '../../../sdk/client.ts';
import { indexedDbStore } from '../../../sdk/indexed-db-store.ts';
import { createVerifier } from '../../../sdk/verifier.ts';
import type { OfflineJudge } from '../offline.ts';
import type { Session } from '../session.ts';

/** The SDK over this browser's own database, one for each terminal and kind. */
export async function offlineJudge({ token, terminalId, live }: Session): Promise<OfflineJudge> {
  const store = indexedDbStore(`counterproof.offline.${terminalId}.${live ? 'live' : 'test'}`);
  return { verifier: await createVerifier({ store }), client: createClient({ baseUrl: '', key: token }) };
}
