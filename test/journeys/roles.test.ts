import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { contract } from '../../src/contract.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { ROLES, type Role } from '../../src/officers/officer.ts';
import { officerOf, withCookie } from '../support/passkeys.ts';
import { sharedStage } from '../support/stage.ts';

/** What each role may call, written by hand: it has to be meant. */
const EVERYBODY = [
  'listRetailers getRetailer listStores listTerminals',
  'listPolicies listPolicyPacks getVocabulary',
  'listReports getStatistics',
  'listOfficerPasskeys removeOfficerPasskey registerOfficerPasskey beginOfficerRegistration signInOfficer',
  'getOfficerSession endOfficerSession listSessions endSession endCurrentSession',
  'countRecoveryCodes makeRecoveryCodes',
];
const PEOPLE_AND_SHOPS = [
  'createPerson mendPerson listPeople searchPeople getPerson makeOffer listWallets lockWallet',
  'suspendPerson reinstatePerson revokePerson erasePerson',
  'registerRetailer changeRetailer addStore addTerminal renewPairingCode rotateTerminalKey blockTerminal',
];
const WATCHING = ['listKeys getKeySchedule listAuditEvents exportAuditCsv exportAuditLines'];
const RUNNING = [
  'setPolicy setPolicyPack loadPolicyPack rotateKeys setKeySchedule getSettings',
  'listOfficers changeOfficer removeOfficer listOfficerInvitations inviteOfficer withdrawOfficerInvitation',
];

const MAY: Readonly<Record<Role, ReadonlySet<string>>> = {
  owner: named(EVERYBODY, PEOPLE_AND_SHOPS, WATCHING, RUNNING),
  issuer: named(EVERYBODY, PEOPLE_AND_SHOPS),
  auditor: named(EVERYBODY, WATCHING),
};

function named(...lists: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(lists.flat().flatMap((line) => line.split(' ')));
}

const stage = sharedStage();
const ofOfficers = contract.filter(({ caller }) => caller.officer !== undefined);
const cookies = new Map<Role, string>();

describe('on the staff', () => {
  before(async () => {
    for (const role of ROLES) cookies.set(role, (await officerOf(stage(), role)).cookie);
  });

  test('an owner may do whatever any officer may, and every route is in the table', () => {
    assert.deepEqual([...MAY.owner].sort(), ofOfficers.map(({ id }) => id).sort());
  });

  for (const role of ROLES) {
    test(`an ${role} is let in to what is theirs, and to nothing else`, async () => {
      for (const endpoint of ofOfficers) {
        const code = await asked(endpoint, cookies.get(role) ?? '');
        if (MAY[role].has(endpoint.id)) {
          assert.ok(code !== 'forbidden' && code !== 'unauthenticated', `${endpoint.id}: ${code}`);
        } else assert.equal(code, 'forbidden', endpoint.id);
      }
    });
  }
});

/** What the route says to a request of a page that names nothing that there is, so that nothing comes of it. */
async function asked(endpoint: Endpoint, cookie: string): Promise<string | null> {
  const { client, params } = stage();
  const away = { id: 'nothing', reference: 'nothing', type: 'nothing' };
  if (LEAVING.has(endpoint.id)) return null;
  const sent = { params: { ...params(endpoint), ...away }, headers: withCookie(cookie) };
  return (await client.send(endpoint, endpoint.body ? { ...sent, json: { nothing: true } } : sent)).code;
}

/** They end the session that asks; their own tests say who may. */
const LEAVING = new Set(['endOfficerSession', 'endCurrentSession']);
