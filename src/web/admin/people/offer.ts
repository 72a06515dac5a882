import type { makeOffer } from '../../../issuance/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';

/** An offer as it was made: this once, with all that is needed to redeem it. */
export type Offer = Answered<typeof makeOffer>['body'];
