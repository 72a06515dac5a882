import type { Policy } from '../../judgement/policy.ts';
import type { Claim } from '../../kernel/claims.ts';

const TILL = { presenter: 'none', offline: 'allow', otherProof: 'allow' } as const;
const OWN_OFFER = "Shop's own offer";

/**
 * The pack for Great Britain that a new service begins with. Weapons and explosives are not sold offline, where a
 * pass can be approved once at each till. A legal basis names a rule; it is no legal advice.
 */
export const DEFAULT_POLICIES: readonly Policy[] = [
  till(
    'alcohol',
    'Alcohol',
    'age_over_18',
    'Licensing Act 2003, s. 146; Licensing (Scotland) Act 2005, s. 102',
  ),
  // From 1 January 2027 a fixed birth date decides (Tobacco and Vapes Act 2026, s. 1), which no age expresses.
  till(
    'tobacco',
    'Tobacco',
    'age_over_18',
    'Children and Young Persons Act 1933, s. 7 (until the end of 2026)',
  ),
  till(
    'vapes',
    'Vapes',
    'age_over_18',
    'Children and Families Act 2014, s. 92; Tobacco and Vapes Act 2026, part 1',
  ),
  {
    ...till('knives', 'Knives and blades', 'age_over_18', 'Criminal Justice Act 1988, s. 141A'),
    offline: 'refuse',
  },
  till('lottery', 'National Lottery', 'age_over_18', 'National Lottery Regulations 1994, reg. 3'),
  {
    ...till(
      'fireworks',
      'Fireworks (F2 and F3)',
      'age_over_18',
      'Pyrotechnic Articles (Safety) Regulations 2015, reg. 31',
    ),
    offline: 'refuse',
  },
  till('energy_drinks', 'High-caffeine energy drinks', 'age_over_16', "Retailers' voluntary rule"),
  till('films_15', 'Films classified 15', 'age_over_15', 'Video Recordings Act 1984, s. 11'),
  till('films_18', 'Films classified 18', 'age_over_18', 'Video Recordings Act 1984, s. 11'),
  till('student_discount', 'Student discount', 'status_student', OWN_OFFER),
  till('pensioner_discount', 'Pensioner discount', 'status_pensioner', OWN_OFFER),
  {
    id: 'parcel_pickup',
    title: 'Parcel pick-up',
    claims: ['family_name', 'given_name'],
    presenter: 'portrait',
    offline: 'refuse',
    otherProof: 'allow',
    legalBasis: "Carrier's own terms",
  },
];

/** A rule of one claim that a pass answers. */
function till(id: string, title: string, claim: Claim, legalBasis: string): Policy {
  return { ...TILL, id, title, claims: [claim], legalBasis };
}
