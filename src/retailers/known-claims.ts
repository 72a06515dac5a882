import { type Claim, readClaim, type Vocabulary } from '../kernel/claims.ts';
import { wrongField } from '../kernel/fault.ts';

/** The claims of these names, each once. Refuses a name that the service does not attest, below the pointer. */
export function knownClaims(
  names: readonly string[],
  pointer: string,
  vocabulary: Vocabulary,
): readonly Claim[] {
  const claims = names.map((name, index) => {
    const claim = readClaim(name, vocabulary);
    if (claim === null) {
      throw wrongField(`${pointer}/${index}`, 'unknown_claim', 'This service attests no such claim.');
    }
    return claim;
  });
  return [...new Set(claims)];
}
