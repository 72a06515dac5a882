import { wipeDeleted } from '../db/database.ts';
import { changeState } from '../people/change-state.ts';
import { createPerson } from '../people/create-person.ts';
import { erasePerson } from '../people/erase-person.ts';
import { findPerson, listPeople, searchPeople } from '../people/find-people.ts';
import { mendPerson } from '../people/mend-person.ts';
import type { PeopleVerbs } from '../people/routes.ts';
import { lockWallet } from '../wallets/lock-wallet.ts';
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

export function bindWallets({ stores, transact, world }: Ground): WalletVerbs {
  return {
    list: (asked, person) => stores.wallets.page(asked, person),
    lock: (id, actor) => lockWallet(transact, id, world.now(), actor),
  };
}
