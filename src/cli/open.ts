import { compose, type Service } from '../compose.ts';
import type { Config } from '../config.ts';
import { opening } from './complain.ts';
import { Complaint, type Door } from './door.ts';
import { masterKey } from './master-key.ts';

const SANDBOX = 'sandbox';

/**
 * Opens the service of these settings. Production does not open a sandbox's data, whose people are made up and whose
 * keys lie in a file; the sandbox does not open anybody else's.
 */
export async function openService(door: Door, config: Config): Promise<Service> {
  const key = masterKey(config, door.world.random);
  const service = await opening(() => compose(config, door.world, key));
  try {
    await checkKind(service);
    return service;
  } catch (thrown) {
    await service.close();
    throw thrown;
  }
}

async function checkKind({ config, stores }: Service): Promise<void> {
  const marked = (await stores.settings.get(SANDBOX)) !== null;
  if (marked === config.sandbox) return;
  if (marked)
    throw new Complaint('This database is a sandbox. Production needs one of its own: set DATABASE_URL.');
  const { rows } = await stores.people.page({ limit: 1, after: null });
  if (rows.length > 0)
    throw new Complaint('This database has real people in it. The sandbox needs one of its own.');
  await stores.settings.put(SANDBOX, 'yes');
}
