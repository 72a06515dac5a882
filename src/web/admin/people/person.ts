import type { getPerson } from '../../../people/endpoints.ts';
import type { listWallets } from '../../../wallets/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';

/** A person, and a wallet, as the service answers them. */
export type Person = Answered<typeof getPerson>['body'];
export type Wallet = Answered<typeof listWallets>['body']['data'][number];

/** As one says it to somebody: given name first. */
export function nameOf({ given_name, family_name }: Pick<Person, 'given_name' | 'family_name'>): string {
  return `${given_name} ${family_name}`;
}
