import { askedByPolicies, type Policy } from '../../judgement/policy.ts';
import { isIdentity, partsOf, readClaim, type Vocabulary } from '../../kernel/claims.ts';
import type { FieldError } from '../../kernel/fault.ts';
import { type Pack, policiesOf } from './pack.ts';

/**
 * Everything that is wrong with a pack whose form is right, by the pointer of its place: ids that come twice, kinds
 * without a category or stricter than it, claims that nobody attests, rules that no code could answer, and a pack
 * that extends what it may not. Without a vocabulary, claims need only be ones that some service could attest.
 */
export function packErrors(
  pack: Pack,
  base: Pack | null,
  vocabulary: Vocabulary | null,
): readonly FieldError[] {
  const all = new Map(policiesOf(pack, base).map((policy) => [policy.id, policy]));
  return [
    ...extensionErrors(pack, base),
    ...pack.policies.flatMap(({ id }, index) => {
      const policy = all.get(id);
      const again = pack.policies.findIndex((other) => other.id === id) < index;
      if (again) return [at(index, '/id', 'duplicate_id', 'Another policy of the pack has this id.')];
      if (policy === undefined) return [];
      return [
        ...categoryErrors(policy, all, index),
        ...claimErrors(policy, vocabulary, index),
        ...answerErrors(policy, index),
      ];
    }),
  ];
}

function extensionErrors(pack: Pack, base: Pack | null): FieldError[] {
  if (pack.extends === undefined) return [];
  const wrong = (code: string, detail: string): FieldError[] => [{ pointer: '/extends', code, detail }];
  if (base === null) return wrong('unknown_pack', 'There is no pack of this id.');
  if (base.extends !== undefined || base.id === pack.id) {
    return wrong('extends_too_deep', 'The pack that is extended may not extend another.');
  }
  if (pack.jurisdiction.startsWith(`${base.jurisdiction}-`)) return [];
  return wrong('other_jurisdiction', 'A pack extends the pack of the country that it lies in.');
}

/** Who asks by the category must be safe whatever the kind: a kind may be laxer than its category, never stricter. */
function categoryErrors(policy: Policy, all: ReadonlyMap<string, Policy>, index: number): FieldError[] {
  const kinds = [...all.values()].filter(({ id }) => id.startsWith(`${policy.id}.`));
  const stricter = kinds.find((kind) => !sameAsked([policy, kind], [policy]));
  const category = policy.id.slice(0, Math.max(0, policy.id.lastIndexOf('.')));
  const orphan = category !== '' && !all.has(category);
  return [
    ...(orphan
      ? [at(index, '/id', 'no_category', `A kind needs its category, ${category}, beside it.`)]
      : []),
    ...(stricter ? [at(index, '', 'category_too_lax', `Its kind ${stricter.id} asks for more.`)] : []),
  ];
}

function sameAsked(some: readonly Policy[], others: readonly Policy[]): boolean {
  const asked = (policies: readonly Policy[]) => {
    const { claims, ...rest } = askedByPolicies(policies, false);
    return JSON.stringify({ ...rest, discountCodes: [], claims: [...claims].sort() });
  };
  return asked(some) === asked(others);
}

function claimErrors({ claims }: Policy, vocabulary: Vocabulary | null, index: number): FieldError[] {
  return claims.flatMap((claim, place) => {
    const pointer = `/claims/${place}`;
    if (claim === 'portrait') {
      return [at(index, pointer, 'not_a_policy_claim', 'A portrait is asked for with `presenter`.')];
    }
    const known = vocabulary === null ? partsOf(claim) : readClaim(claim, vocabulary);
    if (known === null) return [at(index, pointer, 'unknown_claim', 'No such claim is attested.')];
    return claims.indexOf(claim) < place
      ? [at(index, pointer, 'duplicate_claim', 'The policy asks for this claim already.')]
      : [];
  });
}

/** A pass proves an age or a status and nothing else, and a discount must not cost somebody's name. */
function answerErrors({ claims, presenter, offline, discountCode }: Policy, index: number): FieldError[] {
  const identity = presenter === 'portrait' || claims.some(isIdentity);
  const offlineWrong = identity && offline === 'allow';
  const discountWrong = identity && discountCode !== undefined;
  return [
    ...(offlineWrong
      ? [at(index, '/offline', 'identity_offline', 'What tells who somebody is cannot be answered offline.')]
      : []),
    ...(discountWrong
      ? [at(index, '/discount_code', 'identity_discount', 'A discount does not ask who somebody is.')]
      : []),
  ];
}

function at(index: number, place: string, code: string, detail: string): FieldError {
  return { pointer: `/policies/${index}${place}`, code, detail };
}
