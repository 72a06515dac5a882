import type { World } from '../../kernel/world.ts';
import { createClient } from '../../sdk/client.ts';
import { memoryStore } from '../../sdk/memory-store.ts';
import { createVerifier } from '../../sdk/verifier.ts';
import type { Call } from './call.ts';
import { fetchPass, keyOfToday } from './passes.ts';

interface Needs {
  readonly url: string;
  readonly world: World;
  /** Of a holder who has just redeemed an offer. */
  readonly token: string;
  /** Of two live tills. */
  readonly tillKeys: readonly [string, string];
  readonly say: (line?: string) => void;
  readonly askOnline: (digits: string) => Promise<Call>;
}

const ASK = { policies: ['alcohol'] };

/** Tells of a shop where nobody has a network: two tills judge a pass by themselves, and the service learns of it later. */
export async function basement({ url, world, token, tillKeys, say, askOnline }: Needs): Promise<void> {
  const key = await keyOfToday(url, 'age_over_18', world);
  const pass = await fetchPass({ url, token, world }, key);
  say('   This morning her phone stocked up: the service signed a pass that it could not read.');
  const tills = await Promise.all(tillKeys.map((tillKey) => openTill(url, tillKey, world)));
  say('   The tills fetched a signed list of keys and rules. Now nobody has a network.');
  const digits = await pass.show();
  for (const [at, { verifier }] of tills.entries()) {
    const answer = await verifier.verify({ token: digits, ask: ASK });
    say(`   Till ${at + 1} judges by itself:  ${answer.outcome.toUpperCase()}`);
  }
  say('   The network is back, and the tills report:');
  for (const [at, { verifier, client }] of tills.entries()) {
    const { doubleSpends } = await verifier.sync(client);
    say(`   Till ${at + 1}: ${doubleSpends.length} used twice`);
  }
  const { body } = await askOnline(digits);
  say(`   Online the same pass is  ${String(body.outcome).toUpperCase()}  ${String(body.reason)}`);
  say('   Nothing in a report, and nothing that the service kept, says whose it was.');
}

async function openTill(baseUrl: string, key: string, { now, random }: World) {
  const client = createClient({ baseUrl, key });
  const verifier = await createVerifier({ store: memoryStore(), now, random });
  await verifier.sync(client);
  return { client, verifier };
}
