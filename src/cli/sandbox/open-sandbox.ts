import { relative } from 'node:path';
import type { Service } from '../../compose.ts';
import type { World } from '../../kernel/world.ts';
import type { Door } from '../door.ts';
import { setupLink } from '../invite-officer.ts';
import { fillPeople, makeShop, type SandboxKeys, type SandboxPerson } from './fill.ts';
import { readSandboxKeys, sandboxFile, writeSandboxFile } from './sandbox-file.ts';

/** Fills the sandbox, writes `sandbox.json`, and answers what to tell the person at the keyboard. */
export async function openSandbox(door: Door, service: Service): Promise<readonly string[]> {
  const { keys, people } = await service.oneAtATime('sandbox', () => fillSandbox(service, door.world));
  const file = sandboxFile(service.config);
  const setup = await setupLink(door, service, { name: 'Sandbox owner', role: 'owner' });
  const { publicUrl } = service.config;
  writeSandboxFile(file, { baseUrl: publicUrl, setup, keys, people });
  const { pairingCode } = await service.terminals.renewPairingCode(keys.terminal, 'system');
  const till = `${publicUrl}/terminal#pair=${pairingCode}`;
  return welcome(publicUrl, { file: relative(door.folder, file), setup, till }, people);
}

/** The sandbox's people with fresh offers, and its shop's keys: those of an earlier start, if they still open. */
export async function fillSandbox(
  service: Service,
  world: World,
): Promise<{ keys: SandboxKeys; people: readonly SandboxPerson[] }> {
  const people = await fillPeople(service, world);
  const kept = readSandboxKeys(sandboxFile(service.config));
  const known = kept !== null && (await stillOpen(service, kept));
  return { keys: known ? kept : await makeShop(service, world), people };
}

async function stillOpen({ identify }: Service, keys: SandboxKeys): Promise<boolean> {
  const officer = await identify.officer(keys.adminKey);
  const live = await identify.terminal(keys.terminalKey);
  const test = await identify.terminal(keys.testTerminalKey);
  return officer !== null && live !== null && test !== null;
}

function welcome(
  url: string,
  { file, setup, till }: { readonly file: string; readonly setup: string; readonly till: string },
  people: readonly SandboxPerson[],
): readonly string[] {
  const [first] = people;
  const name = first && `${first.person.facts.givenName} ${first.person.facts.familyName}`;
  return [
    '',
    '  Counterproof sandbox: everybody here is made up.',
    '',
    `    Terminal     ${till}`,
    `    API pages    ${url}/docs`,
    `    Test codes   ${url}/docs/test-codes`,
    `    Keys, people ${file}`,
    '',
    '  Be its owner: this link makes you a passkey, once.',
    `    ${setup}`,
    '',
    ...(first === undefined
      ? []
      : [
          `  Be ${name}: this link puts the wallet on a phone (transaction code ${first.offer.txCode}).`,
          `    ${first.offer.walletUrl}`,
          `  ${people.length - 1} more people wait in ${file}, with offers for any OpenID4VCI wallet.`,
          '',
        ]),
    '  See the whole story in a terminal: npm run demo',
    '  Stop: Ctrl-C',
    '',
  ];
}
