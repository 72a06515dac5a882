import { wipeDeleted } from '../db/database.ts';
import { rateLimit } from '../http/rate-limit.ts';
import { changeState } from '../people/change-state.ts';
import { createPerson } from '../people/create-person.ts';
import { erasePerson } from '../people/erase-person.ts';
import { findPerson, listPeople, searchPeople } from '../people/find-people.ts';
import { mendPerson } from '../people/mend-person.ts';
import type { PeopleVerbs } from '../people/routes.ts';
import { lockByCode, lockWallet } from '../wallets/lock-wallet.ts';
import type { WalletVerbs } from '../wallets/routes.ts';
import type { Ground } from './ground.ts';

export function bindPeople(ground: Ground): PeopleVerbs {
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

/** Tries of lock codes a second, of all callers together: at 60 bits they search nothing, and nobody waits long. */
const LOCK_RATE = 20;

export function bindWallets(ground: Ground): WalletVerbs {
  const needs = { ...ground, guess: rateLimit('lock code', LOCK_RATE) };
  return {
    list: (asked, person) => ground.stores.wallets.page(asked, person),
    lock: (id, actor, person) => lockWallet(needs, id, actor, person),
    lockByCode: (typed) => lockByCode(needs, typed),
  };
}
