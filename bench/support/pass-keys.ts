import { fromBase64url } from '../../src/kernel/bytes.ts';
import { keyIdOf, windowAt } from '../../src/passes/pass-key.ts';
import { ASKED, type BenchService } from './service.ts';

/** Lists a key for passes of the claim that is asked, in the window of today, as if the service had made it. */
export async function listPassKey({ service, world }: BenchService, spkiText: string): Promise<object> {
  const spki = fromBase64url(spkiText) ?? new Uint8Array();
  const keyId = keyIdOf(spki);
  if (keyId === null) throw new Error('this is no key for passes');
  const window = windowAt(world.now(), 1);
  const key = { keyId, claim: ASKED, window, spki, sealedPrivate: null, withdrawnAt: null } as const;
  await service.stores.passKeys.add(key);
  await service.passKeys.refresh();
  return {};
}
