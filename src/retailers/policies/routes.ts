import type { Actor } from '../../audit/event.ts';
import { reply } from '../../http/endpoint.ts';
import { listBody } from '../../http/fields.ts';
import { serve, type Web } from '../../http/serve.ts';
import type { Policy } from '../../judgement/policy.ts';
import { wrongField } from '../../kernel/fault.ts';
import * as contract from './endpoints.ts';
import type { Pack } from './pack.ts';
import type { Replaced } from './replace-policies.ts';
import type { PolicyAsked } from './set-policy.ts';

/** A pack that comes with the program, with the ids of all its policies. */
export interface ShippedPack {
  readonly pack: Pack;
  readonly policies: readonly string[];
}

/** The use cases of policies, with what they need already given. */
export interface PolicyVerbs {
  list(): Promise<readonly Policy[]>;
  set(policy: PolicyAsked, actor: Actor): Promise<Policy>;
  replace(pack: Pack, actor: Actor): Promise<Replaced>;
  /** The packs that come with the program. */
  shipped(): readonly ShippedPack[];
  /** Writes the policies of one of them; `not_found` if there is none of the id. */
  load(id: string, actor: Actor): Promise<Replaced>;
}

export function policyRoutes(web: Web, policies: PolicyVerbs): void {
  serve(web, contract.listPolicies, async () =>
    reply(200, listBody({ rows: await policies.list(), hasMore: false }, shown)),
  );

  serve(web, contract.setPolicy, async ({ params, body, caller }) => {
    const { title, claims, presenter, offline } = body;
    const rest = {
      otherProof: body.other_proof,
      legalBasis: body.legal_basis,
      ...(body.discount_code !== undefined && { discountCode: body.discount_code }),
    };
    const asked = { id: params.id, title, claims, presenter, offline, ...rest };
    return reply(200, shown(await policies.set(asked, caller.actor)));
  });

  serve(web, contract.setPolicyPack, async ({ params, body, caller }) => {
    if (body.id !== params.id) throw wrongField('/id', 'other_id', 'The address names another pack.');
    return reply(200, shownReplaced(body.id, await policies.replace(body, caller.actor)));
  });

  serve(web, contract.listPolicyPacks, async () => {
    const data = policies.shipped().map(shownPack);
    return reply(200, { object: 'list' as const, data, has_more: false, next_cursor: null });
  });

  serve(web, contract.loadPolicyPack, async ({ params, caller }) =>
    reply(200, shownReplaced(params.id, await policies.load(params.id, caller.actor))),
  );
}

function shownReplaced(id: string, { policies, changed }: Replaced) {
  return { id, object: 'policy_pack' as const, policies: [...policies], changed: [...changed] };
}

function shownPack({ pack: { id, title, jurisdiction, version, note }, policies }: ShippedPack) {
  const object = 'shipped_policy_pack' as const;
  return { id, object, title, jurisdiction, version, note, policies: [...policies] };
}

function shown(policy: Policy) {
  const { id, title, claims, presenter, offline, otherProof, legalBasis, discountCode } = policy;
  return {
    id,
    object: 'policy' as const,
    title,
    claims: [...claims],
    presenter,
    offline,
    other_proof: otherProof,
    legal_basis: legalBasis,
    ...(discountCode !== undefined && { discount_code: discountCode }),
  };
}
