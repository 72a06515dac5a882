import { relative } from 'node:path';
import type { Service } from '../../compose.ts';
import type { WebOrigin } from '../../kernel/web-origin.ts';
import type { World } from '../../kernel/world.ts';
import type { Door } from '../door.ts';
import { setupLink } from '../invite-officer.ts';
import { fillPeople, makeShop, type SandboxKeys, type SandboxPerson } from './fill.ts';
import { readSandboxKeys, readWebTillUrl, sandboxFile, writeSandboxFile } from './sandbox-file.ts';
import { openWebTill, type WebTill } from './web-till.ts';

/** A sandbox that is filled, and what to tell the person at the keyboard. */
interface OpenSandbox {
  readonly lines: readonly string[];
  /** Stops what runs beside the service. */
  stop(): Promise<void>;
}

/** Fills the sandbox, opens its web till, and writes `sandbox.json`. */
export async function openSandbox(door: Door, service: Service): Promise<OpenSandbox> {
  const { keys, people } = await service.oneAtATime('sandbox', () => fillSandbox(service, door.world));
  const file = sandboxFile(service.config);
  const setup = await setupLink(door, service, { name: 'Sandbox owner', role: 'owner' });
  const { publicUrl } = service.config;
  const { config } = service;
  const webTill = await openWebTill({ ...keys, config, door });
  if (webTill !== null)
    await registerTill(service, keys, { now: webTill.origin, before: readWebTillUrl(file) });
  writeSandboxFile(file, { baseUrl: publicUrl, setup, keys, people, webTill: webTill?.origin ?? null });
  const { pairingCode } = await service.terminals.renewPairingCode(keys.terminal, 'system');
  const till = `${publicUrl}/terminal#pair=${pairingCode}`;
  const told = { file: relative(door.folder, file), setup, till, webTill };
  return { lines: welcome(publicUrl, told, people), stop: async () => webTill?.stop() };
}

/** Lets the web till frame the terminal, in place of where it was at an earlier start. Others stay as they are. */
async function registerTill(
  { retailers }: Service,
  { retailer }: SandboxKeys,
  { now, before }: { readonly now: WebOrigin; readonly before: string | null },
): Promise<void> {
  const { origins } = await retailers.find(retailer);
  if (origins.includes(now)) return;
  const others = origins.filter((one) => one !== before);
  await retailers.change(retailer, { origins: [...others, now] }, 'system');
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

interface Told {
  readonly file: string;
  readonly setup: string;
  readonly till: string;
  readonly webTill: WebTill | null;
}

function welcome(
  url: string,
  { file, setup, till, webTill }: Told,
  people: readonly SandboxPerson[],
): readonly string[] {
  const [first] = people;
  const name = first && `${first.person.facts.givenName} ${first.person.facts.familyName}`;
  return [
    '',
    '  Counterproof sandbox: everybody here is made up.',
    '',
    `    Terminal     ${till}`,
    `    Web till     ${webTill?.origin ?? 'no port is free for it; WEB_TILL_PORT names one'}`,
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
