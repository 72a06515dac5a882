import { resolve } from 'node:path';
import { addMissingPolicies } from '../retailers/policies/add-missing-policies.ts';
import { policiesOf } from '../retailers/policies/pack.ts';
import { PackError, readPackFile } from '../retailers/policies/pack-files.ts';
import { replacePolicies } from '../retailers/policies/replace-policies.ts';
import { Complaint, type Door } from './door.ts';
import { openService } from './open.ts';
import { settings } from './settings.ts';

/** Checks packs against the ages and statuses of the settings. Complains of every problem of all of them. */
export function checkPacks(door: Door, names: readonly string[]): void {
  const { vocabulary } = settings(door, true);
  const problems = names.flatMap((name) => {
    try {
      const { pack, base } = readPackFile(placeOf(door, name), vocabulary);
      door.print(`${name}: good, ${policiesOf(pack, base).length} policies as of ${pack.version}`);
      return [];
    } catch (thrown) {
      if (!(thrown instanceof PackError)) throw thrown;
      return thrown.errors.map(({ pointer, code, detail }) => `  ${name}#${pointer}  ${code}: ${detail}`);
    }
  });
  if (problems.length > 0) throw new Complaint(['There are problems:', ...problems].join('\n'));
}

/** Writes a pack's policies into the database: those that are missing, or with `replace`, all of them. */
export async function loadPack(
  door: Door,
  name: string,
  { replace, sandbox }: { replace: boolean; sandbox: boolean },
): Promise<void> {
  const config = settings(door, sandbox);
  const file = packOrComplaint(() => readPackFile(placeOf(door, name), config.vocabulary));
  const service = await openService(door, config);
  try {
    const all = policiesOf(file.pack, file.base);
    const written = replace
      ? (await replacePolicies({ ...service, vocabulary: config.vocabulary }, file, 'system')).changed
      : await addMissingPolicies(service.transact, all);
    for (const id of written) door.print(`wrote ${id}`);
    door.print(`${written.length} of ${all.length} policies of ${file.pack.id} were written.`);
    if (!replace && written.length < all.length)
      door.print('The others were there before. To write over them: --replace');
  } finally {
    await service.close();
  }
}

/** What the work answers; a pack with problems becomes a complaint. */
export function packOrComplaint<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    throw thrown instanceof PackError ? new Complaint(thrown.message) : thrown;
  }
}

/** The id of a pack that comes with the program stays; a path is taken from where the command was called. */
function placeOf(door: Door, name: string): string {
  return /[/.]/.test(name) ? resolve(door.folder, name) : name;
}
