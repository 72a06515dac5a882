import type { Id } from '../../../kernel/ids.ts';
import type { listRetailers } from '../../../retailers/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';
import { Icon } from '../../design/icon.tsx';
import type { Office } from '../office.ts';
import { may, type Officer } from '../officer.ts';
import { Empty } from '../parts/empty.tsx';
import { useList } from '../parts/list.ts';
import { ListState } from '../parts/list-state.tsx';
import { hrefOf } from '../route.ts';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';
import { NewShop } from './new-shop.tsx';
import { ShopPanel } from './shop-panel.tsx';

const PART = 50;

type Retailer = Answered<typeof listRetailers>['body']['data'][number];

interface TillsProps {
  readonly office: Office;
  readonly officer: Officer;
  readonly retailer: Id<'retailer'> | 'new' | null;
}

/** Shops on one side, and the tills of one of them on the other. */
export function TillsScreen({ office, officer, retailer }: TillsProps) {
  const writes = may(officer, 'retailers:write');
  const list = useList<Retailer>(async (starting_after) => {
    const query = { limit: PART, starting_after };
    const read = await office.call<typeof listRetailers>('GET /v1/retailers', { query });
    return read.kind === 'answered' ? read.body : troubleOf(read);
  });
  return (
    <div class={`halves ${retailer === null ? '' : 'halves-open'}`}>
      <section class="half-list">
        <div class="half-head">
          <h1>{say('admin.tills.title')}</h1>
          {writes && (
            <a class="button button-plain" href={hrefOf({ at: 'tills', retailer: 'new' })}>
              <Icon name="plus" size={20} />
              <span>{say('admin.shop.new')}</span>
            </a>
          )}
        </div>
        {list.rows?.length === 0 && <p class="quiet">{say('admin.tills.none')}</p>}
        <ul class="rows">
          {list.rows?.map(({ id, name }) => (
            <li key={id}>
              <a
                class="row"
                href={hrefOf({ at: 'tills', retailer: id })}
                aria-current={id === retailer ? 'true' : undefined}
              >
                <bdi class="row-name">{name}</bdi>
              </a>
            </li>
          ))}
        </ul>
        <ListState list={list} />
      </section>
      <section class="half-one">
        {retailer === null && (
          <Empty title={say('admin.tills.start')}>
            <p>{say(writes ? 'admin.tills.start_write' : 'admin.tills.start_read')}</p>
          </Empty>
        )}
        {retailer === 'new' && (
          <NewShop
            office={office}
            onRegistered={(id) => {
              location.hash = `#tills/${id}`;
              void list.again();
            }}
          />
        )}
        {retailer !== null && retailer !== 'new' && (
          <ShopPanel
            key={retailer}
            office={office}
            id={retailer}
            name={list.rows?.find(({ id }) => id === retailer)?.name ?? say('admin.tills.of')}
            mayChange={writes}
          />
        )}
      </section>
    </div>
  );
}
