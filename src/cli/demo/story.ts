import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { qrPng, qrTerminal } from '../../http/qr.ts';
import type { Door } from '../door.ts';
import type { SandboxKeys, SandboxPerson } from '../sandbox/fill.ts';
import { basement } from './basement.ts';
import { type Call, call } from './call.ts';
import { type Copy, type Holder, makeHolder } from './holder.ts';

interface Needs {
  readonly door: Door;
  readonly url: string;
  readonly keys: SandboxKeys;
  readonly people: readonly SandboxPerson[];
  readonly saveQr: string | null;
}

/** Pixels a module in the saved picture. */
const SCALE = 8;

/** What the story is told with. */
interface Scene extends Needs {
  readonly holder: Holder;
  readonly say: (line?: string) => void;
  readonly ask: (token: string, ask: object, key?: string) => Promise<Call>;
}

/** Tells it: an approval, the same code again, a refusal for age, a shop that asks too much, and one without a network. */
export async function tellStory(needs: Needs): Promise<void> {
  const { door, url, keys } = needs;
  const scene: Scene = {
    ...needs,
    holder: makeHolder(url, door.world.now),
    say: (line = '') => door.print(line === '' ? '' : `  ${line}`),
    ask: (token, ask, key = keys.terminalKey) =>
      call(`${url}/v1/verifications`, { method: 'POST', token: key, json: { token, ask } }),
  };
  scene.say();
  scene.say(`Counterproof runs at ${url} with made-up people. Everything below is real HTTP.`);
  await approval(scene);
  await tooYoung(scene);
  await askedTooMuch(scene);
  await withoutNetwork(scene);
  scene.say();
  scene.say('That was all. Nothing of it is kept.');
  scene.say();
}

async function approval(scene: Scene): Promise<void> {
  const { say, holder, door, saveQr } = scene;
  say();
  say('1. An officer vetted Ada and offered her credentials.');
  const copy = await enrolled(scene, 'Ada');
  say('   Ada picks "Over 18". Her phone shows this; it holds a random number and nothing about her:');
  const shown = await holder.show(copy, (path) => path.at(-1) === '18');
  door.print('');
  door.print(qrTerminal(shown.ticket));
  if (saveQr !== null) {
    writeFileSync(resolve(door.folder, saveQr), await qrPng(shown.ticket, SCALE));
    say(`The picture is kept in ${saveQr}.`);
  }
  say('2. The till scans it and asks: alcohol?');
  tell(scene, await scene.ask(shown.ticket, { policies: ['alcohol'] }));
  const { body } = await holder.whatBecame(shown);
  const [asking] = body.askings as readonly { retailer: { name: string }; asked: readonly string[] }[];
  say(`   Ada's phone: used by ${asking?.retailer.name}; they learned: ${asking?.asked.join(', ')}.`);
  say('   Not her name, not her birthday.');
  say();
  say('3. Somebody behind her photographed the code and shows it at the same till:');
  tell(scene, await scene.ask(shown.ticket, { policies: ['alcohol'] }));
}

async function tooYoung(scene: Scene): Promise<void> {
  scene.say();
  scene.say('4. Tom turns 18 tomorrow.');
  const copy = await enrolled(scene, 'Tom');
  const shown = await scene.holder.show(copy, (path) => path.at(-1) === '18');
  tell(scene, await scene.ask(shown.ticket, { policies: ['alcohol'] }));
}

async function askedTooMuch(scene: Scene): Promise<void> {
  const { say, url, keys, holder } = scene;
  const admin = { method: 'POST', token: keys.adminKey } as const;
  const json = { name: 'Nosy Kiosk', permitted_claims: ['age_over_18'] };
  const shop = await call(`${url}/v1/retailers`, { ...admin, json });
  const till = { name: 'Till 1', live: true };
  const terminal = await call(`${url}/v1/retailers/${shop.body.id}/terminals`, { ...admin, json: till });
  say();
  say('5. Nosy Kiosk is registered for "over 18" and asks for a birth date:');
  const copy = await enrolled(scene, 'Stella');
  const shown = await holder.show(copy, (path) => path.at(-1) === '18');
  const key = String(terminal.body.key);
  const refused = await scene.ask(shown.ticket, { claims: ['birth_date'] }, key);
  say(`   HTTP ${refused.status} ${String(refused.body.code)}: ${String(refused.body.detail)}`);
  say("   Stella's code is not used up. Asked for what it may, the kiosk gets its answer:");
  tell(scene, await scene.ask(shown.ticket, { claims: ['age_over_18'] }, key));
}

async function withoutNetwork(scene: Scene): Promise<void> {
  const { say, url, keys, door, holder } = scene;
  const path = `${url}/v1/retailers/${keys.retailer}/terminals`;
  const json = { name: 'Till in the basement', live: true };
  const second = await call(path, { method: 'POST', token: keys.adminKey, json });
  say();
  say('6. The shop has a basement, where neither phones nor tills have a network. Zoë goes there.');
  const { offer } = sandboxed(scene, 'Zoë');
  await basement({
    ...{ url, world: door.world, say },
    token: await holder.redeem(offer.offerUri, offer.txCode),
    tillKeys: [keys.terminalKey, String(second.body.key)],
    askOnline: (digits) => scene.ask(digits, { policies: ['alcohol'] }),
  });
}

function sandboxed({ people }: Scene, givenName: string): SandboxPerson {
  const found = people.find(({ person }) => person.facts.givenName === givenName);
  if (found === undefined) throw new Error(`${givenName} is not in the sandbox`);
  return found;
}

async function enrolled(scene: Scene, givenName: string): Promise<Copy> {
  const { say, holder } = scene;
  const { offer } = sandboxed(scene, givenName);
  const wallet = await holder.enrol(offer.offerUri, offer.txCode, 3);
  const [copy] = wallet.age ?? [];
  if (copy === undefined) throw new Error('no copy was issued');
  say(`   ${givenName}'s phone redeems the offer (${Object.keys(wallet).join(', ')}), three copies of each.`);
  return copy;
}

function tell({ say }: Scene, { status, body }: Call): void {
  const { outcome, reason, next_step, claims } = body;
  say(`   HTTP ${status}  ${String(outcome).toUpperCase()}${reason === null ? '' : `  ${String(reason)}`}`);
  say(`   claims ${JSON.stringify(claims)}  next step: ${String(next_step)}`);
}
