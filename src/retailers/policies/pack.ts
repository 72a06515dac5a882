import { z } from 'zod';
import type { Policy } from '../../judgement/policy.ts';
import { readCalendarDate } from '../../kernel/calendar-date.ts';
import { CLAIM_SHAPE, type Claim } from '../../kernel/claims.ts';
import type { FieldError } from '../../kernel/fault.ts';

/** Each rule of the form says by itself what is wrong, so that somebody who writes a pack reads sentences. */
const text = (longest: number) =>
  z
    .string('A text is needed here.')
    .trim()
    .min(1, 'This is empty.')
    .max(longest, `This is longer than ${longest} characters.`)
    .regex(/^\P{Cc}*$/u, 'This holds a control character.');

/** The id of a policy: a product category, with its kinds behind a dot. */
export const policyId = z
  .string('A policy needs an id.')
  .max(64, 'An id has at most 64 characters.')
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, 'An id is a category such as alcohol or alcohol.beer.')
  .meta({ example: 'alcohol' });

export const presenterField = z
  .enum(['none', 'portrait'], 'The presenter rule is none or portrait.')
  .describe('Whether the cashier compares a portrait with the person who shows.');
export const offlineField = z
  .enum(['allow', 'refuse'], 'Offline approval is allow or refuse.')
  .describe('Whether an approval without a network is allowed.');
export const otherProofField = z
  .enum(['allow', 'refuse'], 'Another proof is allow or refuse.')
  .describe('Whether another proof, such as a passport, may stand in after a refusal.');
export const legalBasisField = text(300).describe('The rule that it follows. It is no legal advice.');
export const discountCodeField = z
  .string('A discount code is a text.')
  .regex(/^[A-Z0-9][A-Z0-9_-]{0,31}$/, 'A discount code has 1 to 32 capital letters and digits.')
  .describe('What the till applies when it is approved.')
  .meta({ example: 'STUDENT' });

const packId = z
  .string('A pack needs an id.')
  .regex(/^[a-z]{2}(-[a-z0-9]{1,3})?$/, 'The id of a pack is its jurisdiction in small letters: de, us-ca.')
  .meta({ example: 'gb' });

const packPolicy = z.strictObject({
  id: policyId,
  title: text(100),
  titles: z
    .record(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'A language is named as in de or pt-BR.'), text(100))
    .optional()
    .describe('The title in other languages, for whoever reads the pack.'),
  claims: z
    .array(
      z.string('A claim is a text.').regex(CLAIM_SHAPE, 'A claim is named like age_over_18.'),
      'Claims are a list.',
    )
    .min(1, 'A policy asks for at least one claim.')
    .max(20, 'A policy asks for at most 20 claims.'),
  presenter: presenterField,
  offline: offlineField,
  other_proof: otherProofField.default('allow'),
  legal_basis: legalBasisField,
  discount_code: discountCodeField.optional(),
});

/** A pack of policies as it lies in a file. */
export const packSchema = z.strictObject({
  $schema: z.string().max(200).optional().describe('Where this schema is, for editors.'),
  id: packId,
  title: text(100),
  extends: packId.optional().describe('The pack whose policies hold where this one has none of that id.'),
  jurisdiction: z
    .string('A pack needs a jurisdiction.')
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'A jurisdiction is named as in ISO 3166: DE, US-CA.')
    .meta({ example: 'GB' }),
  version: z
    .string('A version is a day.')
    .refine((day) => readCalendarDate(day) !== null, 'A version is a day of the calendar (YYYY-MM-DD).')
    .meta({ format: 'date', description: 'The day as of which its rules were looked up.' }),
  note: text(300).regex(/[Nn]ot legal advice/, 'The note has to say that this is not legal advice.'),
  policies: z
    .array(packPolicy, 'Policies are a list.')
    .min(1, 'A pack has at least one policy.')
    .max(200, 'A pack has at most 200 policies.'),
});

export type Pack = z.output<typeof packSchema>;

/** The value as a pack, or everything that is wrong with its form. */
export function readPack(
  value: unknown,
): { readonly pack: Pack } | { readonly errors: readonly FieldError[] } {
  const result = packSchema.safeParse(value);
  return result.success ? { pack: result.data } : { errors: result.error.issues.flatMap(problemsOf) };
}

/** The policies of a pack: its own, and those of the pack that it extends whose ids it does not have. */
export function policiesOf(pack: Pack, base: Pack | null): readonly Policy[] {
  const own = new Set(pack.policies.map(({ id }) => id));
  const inherited = base?.policies.filter(({ id }) => !own.has(id)) ?? [];
  return [...inherited, ...pack.policies].map(toPolicy);
}

function toPolicy(rule: Pack['policies'][number]): Policy {
  return {
    id: rule.id,
    title: rule.title,
    claims: rule.claims as readonly Claim[],
    presenter: rule.presenter,
    offline: rule.offline,
    otherProof: rule.other_proof,
    legalBasis: rule.legal_basis,
    ...(rule.discount_code !== undefined && { discountCode: rule.discount_code }),
  };
}

function problemsOf(issue: z.core.$ZodIssue): FieldError[] {
  const pointer = issue.path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  if (issue.code !== 'unrecognized_keys') return [{ pointer, code: issue.code, detail: issue.message }];
  return issue.keys.map((key) => ({
    pointer: `${pointer}/${key.slice(0, 64)}`,
    code: 'unknown_field',
    detail: 'There is no such field.',
  }));
}
