/** Reporting a shop: no token, no cookie, no name. */

import type { Claim } from '../../kernel/claims.ts';
import type { createReport } from '../../reports/endpoints.ts';
import type { Sent } from '../api/contract-types.ts';
import type { Phone } from './phone.ts';

type Body = Sent<typeof createReport>['body'];

/** Whether the report was taken. */
export async function sendReport(
  { service }: Pick<Phone, 'service'>,
  { shop, asked, words }: { shop: string; asked: readonly Claim[]; words: string },
): Promise<boolean> {
  const body: Body = {
    retailer_id: shop as Body['retailer_id'],
    asked: [...asked],
    ...(words.trim() !== '' && { words: words.trim() }),
  };
  return (await service<typeof createReport>('POST /v1/reports', { body })).kind === 'answered';
}
