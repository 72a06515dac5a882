import type { Actor } from '../../audit/event.ts';
import { reply } from '../../http/endpoint.ts';
import { listBody } from '../../http/fields.ts';
import { serve, type Web } from '../../http/serve.ts';
import type { Policy } from '../../judgement/policy.ts';
import * as contract from './endpoints.ts';
import type { PolicyAsked } from './set-policy.ts';

/** The use cases of policies, with what they need already given. */
export interface PolicyVerbs {
  list(): Promise<readonly Policy[]>;
  set(policy: PolicyAsked, actor: Actor): Promise<Policy>;
}

export function policyRoutes(web: Web, policies: PolicyVerbs): void {
  serve(web, contract.listPolicies, async () =>
    reply(200, listBody({ rows: await policies.list(), hasMore: false }, shown)),
  );

  serve(web, contract.setPolicy, async ({ params, body, caller }) => {
    const { title, claims, presenter, offline } = body;
    const rest = { otherProof: body.other_proof, legalBasis: body.legal_basis };
    const asked = { id: params.id, title, claims, presenter, offline, ...rest };
    return reply(200, shown(await policies.set(asked, caller.key)));
  });
}

function shown({ id, title, claims, presenter, offline, otherProof, legalBasis }: Policy) {
  return {
    id,
    object: 'policy' as const,
    title,
    claims: [...claims],
    presenter,
    offline,
    other_proof: otherProof,
    legal_basis: legalBasis,
  };
}
