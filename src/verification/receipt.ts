import { type Signer, signJws } from '../formats/jws.ts';
import type { Verification } from './verification.ts';

export const RECEIPT_TYP = 'counterproof-receipt+jwt';

/**
 * A signed statement that a verification took place, for the shop's files. It says who asked what and how it ended,
 * and nothing about the person; a test terminal's says `livemode: false` and is signed by another key.
 */
export function makeReceipt(verification: Verification, issuerUrl: string, signer: Signer): Promise<string> {
  const { id, terminal, retailer, live, outcome, reason, asked, proof, checkedAt } = verification;
  const payload = {
    iss: issuerUrl,
    jti: id,
    iat: Math.floor(checkedAt.getTime() / 1000),
    livemode: live,
    retailer_id: retailer,
    terminal_id: terminal,
    asked: { policies: asked.policies, claims: asked.claims },
    outcome,
    reason,
    proof,
    checked_at: checkedAt.toISOString(),
  };
  return signJws({ ...signer, x5c: [] }, { typ: RECEIPT_TYP }, payload);
}
