import type { Actor } from '../audit/event.ts';
import type { Page, PageAsked } from '../db/page.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Id } from '../kernel/ids.ts';
import * as contract from './endpoints.ts';
import type { Registering } from './register-retailer.ts';
import type { Retailer, Store } from './retailer.ts';

/** The use cases of retailers and their stores, with what they need already given. */
export interface RetailerVerbs {
  register(retailer: Registering, actor: Actor): Promise<Retailer>;
  find(id: Id<'retailer'>): Promise<Retailer>;
  list(asked: PageAsked): Promise<Page<Retailer>>;
  change(id: Id<'retailer'>, change: Partial<Registering>, actor: Actor): Promise<Retailer>;
  addStore(retailer: Id<'retailer'>, name: string, actor: Actor): Promise<Store>;
  listStores(retailer: Id<'retailer'>, asked: PageAsked): Promise<Page<Store>>;
}

export function retailerRoutes(web: Web, retailers: RetailerVerbs): void {
  serve(web, contract.registerRetailer, async ({ body, caller }) => {
    const { name, permitted_claims: permitted, embedding_origins: origins = [] } = body;
    const asked = { name, permitted, origins };
    return reply(201, shown(await retailers.register(asked, caller.actor)));
  });

  serve(web, contract.listRetailers, async ({ query }) =>
    reply(200, listBody(await retailers.list(pageAsked(query)), shown)),
  );

  serve(web, contract.getRetailer, async ({ params }) => reply(200, shown(await retailers.find(params.id))));

  serve(web, contract.changeRetailer, async ({ params, body, caller }) => {
    const change = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.permitted_claims !== undefined && { permitted: body.permitted_claims }),
      ...(body.embedding_origins !== undefined && { origins: body.embedding_origins }),
    };
    return reply(200, shown(await retailers.change(params.id, change, caller.actor)));
  });

  serve(web, contract.addStore, async ({ params, body, caller }) =>
    reply(201, shownStore(await retailers.addStore(params.id, body.name, caller.actor))),
  );

  serve(web, contract.listStores, async ({ params, query }) =>
    reply(200, listBody(await retailers.listStores(params.id, pageAsked(query)), shownStore)),
  );
}

function shown({ id, name, permitted, origins, createdAt }: Retailer) {
  return {
    id,
    object: 'retailer' as const,
    name,
    permitted_claims: [...permitted],
    embedding_origins: [...origins],
    created_at: createdAt.toISOString(),
  };
}

function shownStore({ id, retailer, name, createdAt }: Store) {
  return {
    id,
    object: 'store' as const,
    retailer_id: retailer,
    name,
    created_at: createdAt.toISOString(),
  };
}
