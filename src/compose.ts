import type { Config } from './config.ts';
import { answers, type Db, openDatabase, runsSideBySide, wipeDeleted } from './db/database.ts';
import { oneAtATime } from './db/hold.ts';
import { migrate } from './db/migrate.ts';
import { transactOn } from './db/transaction.ts';
import { isAway } from './db/trouble.ts';
import { rateLimit } from './http/rate-limit.ts';
import { identifyHolder } from './issuance/identify-holder.ts';
import { issueCredentials } from './issuance/issue-credentials.ts';
import { makeOffer } from './issuance/make-offer.ts';
import { notify } from './issuance/notify.ts';
import { readOffer } from './issuance/read-offer.ts';
import { redeemOffer } from './issuance/redeem-offer.ts';
import type { IssuanceVerbs } from './issuance/routes.ts';
import { equalBytes, utf8 } from './kernel/bytes.ts';
import { Fault } from './kernel/fault.ts';
import { minter } from './kernel/ids.ts';
import type { Secret } from './kernel/secret.ts';
import { inSets } from './kernel/sets.ts';
import type { World } from './kernel/world.ts';
import { hash } from './keys/hash.ts';
import { keyRing } from './keys/key-ring.ts';
import { destroyOverKeys, ensureKeys, rotateKeys } from './keys/rotate.ts';
import { openVault } from './keys/vault.ts';
import { makeNonce, nonceExpiry } from './nonces/nonce.ts';
import { identifyOfficer } from './officers/identify-officer.ts';
import { changeState } from './people/change-state.ts';
import { createPerson } from './people/create-person.ts';
import { erasePerson } from './people/erase-person.ts';
import { findPerson, listPeople, searchPeople } from './people/find-people.ts';
import { mendPerson } from './people/mend-person.ts';
import type { PeopleVerbs } from './people/routes.ts';
import { type Accepted, acceptAll, acceptedOrThrow } from './presentation/accept-presentation.ts';
import { makeBell } from './presentation/bell.ts';
import { type CheckedPresentation, checkPresentation } from './presentation/check-presentation.ts';
import { issuerKeyFinder } from './presentation/issuer-trust.ts';
import type { PresentationVerbs } from './presentation/routes.ts';
import { follow, whatBecame } from './presentation/what-became.ts';
import { addStore } from './retailers/add-store.ts';
import { changeRetailer } from './retailers/change-retailer.ts';
import { findRetailer, listRetailers, listStores } from './retailers/find-retailers.ts';
import { addMissingPolicies } from './retailers/policies/add-missing-policies.ts';
import { firstPolicies, shippedPack } from './retailers/policies/pack-files.ts';
import { replacePolicies } from './retailers/policies/replace-policies.ts';
import type { PolicyVerbs } from './retailers/policies/routes.ts';
import { setPolicy } from './retailers/policies/set-policy.ts';
import { registerRetailer } from './retailers/register-retailer.ts';
import type { RetailerVerbs } from './retailers/routes.ts';
import { addTerminal } from './retailers/terminals/add-terminal.ts';
import { blockTerminal } from './retailers/terminals/block-terminal.ts';
import { listTerminals } from './retailers/terminals/find-terminals.ts';
import { identifyTerminal } from './retailers/terminals/identify-terminal.ts';
import { pairTerminal } from './retailers/terminals/pair-terminal.ts';
import { renewPairingCode } from './retailers/terminals/renew-pairing-code.ts';
import { rotateKey } from './retailers/terminals/rotate-key.ts';
import type { TerminalVerbs } from './retailers/terminals/routes.ts';
import type { KeyHolder } from './retailers/terminals/store.ts';
import { readStatistics } from './statistics/read-statistics.ts';
import type { StatisticsVerbs } from './statistics/routes.ts';
import { listPublisher } from './status/publish.ts';
import { storesOn } from './stores.ts';
import type { Question } from './verification/question.ts';
import { makeReceipt } from './verification/receipt.ts';
import type { VerificationVerbs } from './verification/routes.ts';
import type { Answer } from './verification/verification.ts';
import { answeredOrThrow, verifyAll } from './verification/verify.ts';
import { lockWallet } from './wallets/lock-wallet.ts';
import type { WalletVerbs } from './wallets/routes.ts';

/** What the rooms stand on, once the database is open. */
type Ground = Awaited<ReturnType<typeof openGround>>;
export type Service = Awaited<ReturnType<typeof compose>>;

/**
 * Questions, uploads and keys that arrive together are looked after together: one set at a time where transactions
 * wait for each other anyway, a few beside each other where they do not.
 */
const MOST_IN_A_SET = 256;
const SETS_SIDE_BY_SIDE = 4;

/** Wrong pairing codes a second, of all callers together. */
const PAIRING_RATE = 2;

/**
 * Opens the database, brings it up to date, sees to the keys, and hands each room just what it needs. Whoever gets
 * the service closes it. Throws `CannotOpen` if the master key is not the one that the database was sealed under, and
 * `PackError` if the pack of policies has problems.
 */
export async function compose(config: Config, world: World, masterKey: Secret<Uint8Array>) {
  const ground = await openGround(config, world, masterKey);
  return {
    config,
    mint: ground.mint,
    transact: ground.transact,
    stores: ground.stores,
    ring: ground.ring,
    rotateKeys: (actor: Parameters<typeof rotateKeys>[1]) => rotateKeys(ground, actor),
    destroyOverKeys: () => destroyOverKeys(ground),
    publishList: listPublisher({ ...ground, ...ground.stores, ...world, signerOf: ground.ring.signerOf }),
    people: bindPeople(ground),
    wallets: bindWallets(ground),
    retailers: bindRetailers(ground),
    terminals: bindTerminals(ground),
    policies: bindPolicies(ground),
    issuance: bindIssuance(ground),
    ...bindTills(ground),
    statistics: bindStatistics(ground),
    identify: bindCallers(ground),
    /** Runs work of this name in one process at a time, of all that share the database. */
    oneAtATime: <Result>(name: string, work: () => Promise<Result>) => oneAtATime(ground.db, name, work),
    databaseAnswers: () => answers(ground.db),
    close: () => ground.db.destroy(),
  };
}

async function openGround(config: Config, world: World, masterKey: Secret<Uint8Array>) {
  const db = openDatabase(config.databaseUrl, config.databasePool);
  try {
    await migrate(db);
    return await layGround(db, config, world, masterKey);
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
}

async function layGround(db: Db, config: Config, world: World, masterKey: Secret<Uint8Array>) {
  const mint = minter(world);
  const bind = { mint, now: world.now };
  const stores = storesOn(db, bind);
  const ground = {
    config,
    db,
    world,
    mint,
    stores,
    transact: transactOn(db, (tx) => storesOn(tx, bind)),
    vault: openVault(masterKey, world.random),
    issuerUrl: config.publicUrl,
    timeZone: config.jurisdiction.timeZone,
    vocabulary: config.vocabulary,
    lifetimeDays: config.credentialDays,
    sets: { most: MOST_IN_A_SET, atOnce: runsSideBySide(db) ? SETS_SIDE_BY_SIDE : 1, blameless: isAway },
  };
  await ensureKeys(ground);
  const ring = await keyRing(stores.keys, ground.vault, config.publicUrl);
  // Unseals it, so that a wrong master key is found out now and not when somebody is at the till.
  ring.signer('issuer');
  const first = firstPolicies(config.policyPack, config.jurisdiction.code, config.vocabulary);
  await addMissingPolicies(ground.transact, first.policies);
  return { ...ground, ring };
}

function bindPeople(ground: Ground): PeopleVerbs {
  const rule = { statuses: ground.vocabulary.statuses, timeZone: ground.timeZone };
  const needs = { ...ground, ...ground.stores, rule };
  return {
    create: (facts, portrait, actor) => createPerson(needs, facts, portrait, actor),
    find: (id) => findPerson(needs, id),
    list: (asked) => listPeople(needs, asked),
    search: (query) => searchPeople(needs, query),
    mend: (id, mending, actor) => mendPerson(needs, id, mending, actor),
    changeState: (id, to, actor) => changeState(needs, id, to, actor),
    async erase(id, actor) {
      await erasePerson(ground.transact, id, actor);
      await wipeDeleted(ground.db);
    },
  };
}

function bindWallets({ stores, transact, world }: Ground): WalletVerbs {
  return {
    list: (asked, person) => stores.wallets.page(asked, person),
    lock: (id, actor) => lockWallet(transact, id, world.now(), actor),
  };
}

function bindRetailers(ground: Ground): RetailerVerbs {
  const needs = { ...ground, ...ground.stores };
  return {
    register: (asked, actor) => registerRetailer(needs, asked, actor),
    find: (id) => findRetailer(needs, id),
    list: (asked) => listRetailers(needs, asked),
    change: (id, change, actor) => changeRetailer(needs, id, change, actor),
    addStore: (retailer, name, actor) => addStore(needs, retailer, name, actor),
    listStores: (retailer, asked) => listStores(needs, retailer, asked),
  };
}

function bindTerminals(ground: Ground): TerminalVerbs {
  const needs = { ...ground, ...ground.stores, guess: rateLimit('pairing', PAIRING_RATE) };
  return {
    add: (retailer, asked, actor) => addTerminal(needs, retailer, asked, actor),
    list: (retailer, asked) => listTerminals(needs, retailer, asked),
    rotateKey: (id, actor) => rotateKey(needs, id, actor),
    renewPairingCode: (id, actor) => renewPairingCode(needs, id, actor),
    block: (id, actor) => blockTerminal(needs, id, actor),
    pair: (typed) => pairTerminal(needs, typed),
  };
}

function bindPolicies(ground: Ground): PolicyVerbs {
  return {
    list: () => ground.stores.policies.all(),
    set: (policy, actor) => setPolicy(ground, policy, actor),
    replace(pack, actor) {
      const base = pack.extends === undefined ? null : shippedPack(pack.extends);
      return replacePolicies(ground, { pack, base }, actor);
    },
  };
}

function bindIssuance(ground: Ground): IssuanceVerbs {
  const { vault, world, stores, transact } = ground;
  const rule = { ages: ground.vocabulary.ages, leap: ground.config.jurisdiction.leap };
  const issuing = { ...ground, rule, signer: () => ground.ring.signer('issuer') };
  return {
    makeOffer: (person, wanted, actor) => makeOffer(ground, person, wanted, actor),
    readOffer: (reference) => readOffer({ ...ground, ...stores }, reference, world.now()),
    redeem: (code, txCode) => redeemOffer(ground, code, txCode),
    nonce: () => makeNonce(vault, world.now(), world.random),
    issue: (holder, request) => issueCredentials(issuing, holder, request),
    notify: (wallet, id, event) => notify(transact, wallet, id, event),
  };
}

function bindTills(ground: Ground): { presentations: PresentationVerbs; verifications: VerificationVerbs } {
  const { ring, stores, world, vault, issuerUrl, config } = ground;
  const bell = makeBell();
  const trust = { root: ring.root, published: () => ring.published('issuer'), issuerUrl, now: world.now };
  const checking = {
    findKey: issuerKeyFinder(trust),
    issuerUrl,
    limitCopy: rateLimit('copy', config.limits.copy),
    nonceExpiry: (nonce: string, now: Date) => nonceExpiry(vault, nonce, now),
  };
  const keep = inSets<CheckedPresentation, Accepted | Fault>((set) => acceptAll(ground, set), ground.sets);
  const watching = { ...stores, now: world.now, bell };
  const verifying = { ...ground, ring: bell.ring };
  const answer = inSets<Question, Answer | Fault>((set) => verifyAll(verifying, set), ground.sets);
  return {
    presentations: {
      accept: async (text) =>
        acceptedOrThrow(await keep(await checkPresentation(checking, text, world.now()))),
      whatBecame: (id, secret) => whatBecame(watching, id, secret),
      follow: (id, secret, signal) => follow(watching, id, secret, signal),
    },
    verifications: {
      verify: async (question) => answeredOrThrow(await answer(question)),
      list: (asked, terminal) => stores.verifications.page(asked, terminal),
      async find(id, terminal) {
        const found = await stores.verifications.find(id, terminal);
        if (found === null) throw new Fault('not_found', 'This terminal has no such verification.');
        return found;
      },
      receipt: (verification) =>
        makeReceipt(verification, issuerUrl, ring.signer(verification.live ? 'document' : 'test')),
    },
  };
}

function bindStatistics({ stores, world, config }: Ground): StatisticsVerbs {
  const needs = { ...stores, now: world.now, minimum: config.statisticsMinimum };
  return { minimum: config.statisticsMinimum, read: (asked) => readStatistics(needs, asked) };
}

function bindCallers({ stores, world, config, sets }: Ground) {
  const { byKeys, used } = stores.terminals;
  const byKey = inSets<string, KeyHolder | null>(async (hashes) => {
    const holders = await byKeys(hashes);
    return hashes.map((hash) => holders.get(hash) ?? null);
  }, sets);
  return {
    terminal: (token: string) => identifyTerminal({ byKey, used }, world.now(), token),
    officer: (token: string) => identifyOfficer(stores.adminKeys, world.now(), token),
    cookie: async () => null,
    holder: (token: string) => identifyHolder(stores.tokens, world.now(), token),
    operator: async (token: string) => {
      const expected = config.metricsToken?.reveal();
      const right = expected !== undefined && equalBytes(utf8(hash(token)), utf8(hash(expected)));
      return right ? ({ kind: 'operator' } as const) : null;
    },
  };
}
