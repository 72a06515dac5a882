import type { Id } from '../../../kernel/ids.ts';
import type { getRetailer, listStores } from '../../../retailers/endpoints.ts';
import type { listTerminals } from '../../../retailers/terminals/endpoints.ts';
import type { Office } from '../office.ts';
import { type List, useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { Panel } from '../parts/panel.tsx';
import { useRead } from '../parts/read.ts';
import { ReadState } from '../parts/read-state.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import { NewTill } from './new-till.tsx';
import { PermittedClaims } from './permitted-claims.tsx';
import { type Store, StoreList } from './store-list.tsx';
import { type Terminal, TillRow } from './till-row.tsx';
import { WebTills } from './web-tills.tsx';

const PART = 50;
/** All that fit into a choice. */
const MOST_STORES = 100;

interface ShopProps {
  readonly office: Office;
  readonly id: Id<'retailer'>;
  readonly name: string;
  readonly mayChange: boolean;
}

/** One shop: what it may ask for, its stores, and its tills. */
export function ShopPanel({ office, id, name, mayChange }: ShopProps) {
  const params = { id };
  const shop = useRead(() => office.call<typeof getRetailer>('GET /v1/retailers/{id}', { params }), id);
  const stores = useList<Store>(async (starting_after) => {
    const query = { limit: MOST_STORES, starting_after };
    const read = await office.call<typeof listStores>('GET /v1/retailers/{id}/stores', { params, query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  }, id);
  const tills = useList<Terminal>(async (starting_after) => {
    const path = 'GET /v1/retailers/{id}/terminals';
    const query = { limit: PART, starting_after };
    const read = await office.call<typeof listTerminals>(path, { params, query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  }, id);
  const changed = (): void => void shop.again();
  return (
    <Panel
      title={<bdi>{shop.value?.name ?? name}</bdi>}
      back={{ to: { at: 'tills', retailer: null }, words: say('admin.tills.back') }}
    >
      <Tills office={office} list={tills} stores={stores.rows ?? []} mayChange={mayChange} />
      {mayChange && (
        <NewTill
          office={office}
          id={id}
          stores={stores.rows ?? []}
          first={tills.rows?.length === 0}
          onAdded={() => void tills.again()}
        />
      )}
      {shop.value === null ? (
        <ReadState read={shop} />
      ) : (
        <>
          <PermittedClaims {...{ office, mayChange }} retailer={shop.value} onChanged={changed} />
          <WebTills {...{ office, mayChange }} retailer={shop.value} onChanged={changed} />
        </>
      )}
      <StoreList office={office} id={id} list={stores} mayAdd={mayChange} />
    </Panel>
  );
}

interface TillsProps {
  readonly office: Office;
  readonly list: List<Terminal>;
  readonly stores: readonly Store[];
  readonly mayChange: boolean;
}

function Tills({ office, list, stores, mayChange }: TillsProps) {
  return (
    <section class="part">
      <h3>{say('admin.tills.of')}</h3>
      {list.rows?.length === 0 && <p class="quiet">{say('admin.tills.no_tills')}</p>}
      <ul class="rows">
        {list.rows?.map((till) => (
          <TillRow
            key={till.id}
            office={office}
            till={till}
            store={stores.find((store) => store.id === till.store_id)?.name ?? null}
            mayChange={mayChange}
            onBlocked={() => void list.again()}
          />
        ))}
      </ul>
      <ListState list={list} />
    </section>
  );
}
