import { call } from '../../src/cli/demo/call.ts';
import type { RunningService } from './service.ts';

/** A person as an officer would enter them. */
export const ADA = {
  family_name: 'Quillfeather',
  given_name: 'Adalberta',
  birth_date: '1991-04-07',
  nationality: 'GB',
  document_number: 'DOC-7781-ZX',
  statuses: [{ type: 'student', until: '2099-07-31' }],
  external_id: 'EXT-4242-QF',
} as const;

export interface OfferedPerson {
  readonly id: string;
  readonly offerUri: string;
  readonly txCode: string;
}

/** Enters a person through the API and offers all that the person has. */
export async function offeredPerson(running: RunningService, facts: object = ADA): Promise<OfferedPerson> {
  const { url, adminKey: token } = running;
  const person = await call(`${url}/v1/people`, { method: 'POST', token, json: facts });
  if (person.status !== 201) throw new Error(`no person: ${JSON.stringify(person.body)}`);
  return { id: String(person.body.id), ...(await offerFor(running, String(person.body.id))) };
}

/** A fresh offer for somebody who was entered before. */
export async function offerFor(
  { url, adminKey: token }: RunningService,
  person: string,
): Promise<{ offerUri: string; txCode: string }> {
  const { body } = await call(`${url}/v1/people/${person}/offers`, { method: 'POST', token, json: {} });
  return { offerUri: String(body.offer_uri), txCode: String(body.tx_code) };
}

export interface Shop {
  readonly retailer: string;
  readonly terminal: string;
  readonly key: string;
}

/** Registers a shop with one terminal, live unless said otherwise. */
export async function shopWith(
  { url, adminKey: token }: RunningService,
  permitted: readonly string[],
  live = true,
): Promise<Shop> {
  const json = { name: 'Corner Shop', permitted_claims: permitted };
  const shop = await call(`${url}/v1/retailers`, { method: 'POST', token, json });
  const path = `${url}/v1/retailers/${String(shop.body.id)}/terminals`;
  const terminal = await call(path, { method: 'POST', token, json: { name: 'Till 1', live } });
  return {
    retailer: String(shop.body.id),
    terminal: String(terminal.body.id),
    key: String(terminal.body.key),
  };
}
