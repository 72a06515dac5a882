import type { Page, PageAsked } from '../db/page.ts';
import { Fault } from '../kernel/fault.ts';
import { type Id, readId } from '../kernel/ids.ts';
import type { WebOrigin } from '../kernel/web-origin.ts';
import type { Retailer, Store } from './retailer.ts';
import type { RetailerStore } from './store.ts';

interface Needs {
  readonly retailers: RetailerStore;
}

/** One retailer; `not_found` if the id is nobody's. */
export async function findRetailer({ retailers }: Needs, id: Id<'retailer'>): Promise<Retailer> {
  const retailer = await retailers.find(id);
  if (retailer === null) throw noSuchRetailer();
  return retailer;
}

/** Where the web tills of a retailer are; nowhere if the text is nobody's id. */
export async function embeddingOrigins({ retailers }: Needs, id: string): Promise<readonly WebOrigin[]> {
  const known = readId('retailer', id);
  const retailer = known && (await retailers.find(known));
  return retailer?.origins ?? [];
}

/** A part of all retailers, the newest first. */
export async function listRetailers({ retailers }: Needs, asked: PageAsked): Promise<Page<Retailer>> {
  return retailers.page(asked);
}

/** A part of a retailer's stores, the newest first; `not_found` if the retailer's id is nobody's. */
export async function listStores(
  { retailers }: Needs,
  retailer: Id<'retailer'>,
  asked: PageAsked,
): Promise<Page<Store>> {
  await findRetailer({ retailers }, retailer);
  return retailers.pageOfStores(retailer, asked);
}

/** The refusal where an id is no retailer's. */
function noSuchRetailer(): Fault {
  return new Fault('not_found', 'There is no such retailer.');
}
